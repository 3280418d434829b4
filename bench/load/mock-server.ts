/** oauth2-mock-server in a process of its own: over TLS when told a key and a certificate, else plain. */
import { OAuth2Server } from "oauth2-mock-server";

const [, , key, cert] = process.argv;
const server = new OAuth2Server(key, cert);
await server.issuer.keys.generate("RS256");
await server.start(0, "127.0.0.1");
process.once("disconnect", () => {
  void server.stop().then(() => process.exit(0));
});
process.send?.({ port: server.address().port });

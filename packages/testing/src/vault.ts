/**
 * A stand-in for the transit engine of HashiCorp Vault, which keeps the key of a test's stack in the clear. The
 * engine derives a key from a passphrase in a million steps, which takes longer than all else it does in a test.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { z } from "zod";

/** For a stack of a test. */
export const SECRETS_PROVIDER = "hashivault://tests";

const PREFIX = "vault:v1:";
const bodySchema = z.union([z.object({ plaintext: z.string() }), z.object({ ciphertext: z.string() })]);

/** Serves until this process ends; the engine is told by the environment where. */
export async function serveVault(): Promise<void> {
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const asked = bodySchema.parse(body);
      const data =
        "plaintext" in asked
          ? { ciphertext: PREFIX + asked.plaintext }
          : { plaintext: asked.ciphertext.slice(PREFIX.length) };
      response.setHeader("content-type", "application/json").end(JSON.stringify({ data }));
    });
  });
  server.listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  process.env.VAULT_ADDR = `http://127.0.0.1:${port}`;
  process.env.VAULT_TOKEN = "any";
}

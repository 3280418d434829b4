#!/usr/bin/env node
/** `emulator-okta`: an Okta org from a shell. */
import { runBin } from "@ai-api-access/emulator-core/bin.ts";
import { startOktaTenant } from "./index.ts";

await runBin({
  command: "emulator-okta",
  what: "Okta org",
  port: 4480,
  async start(options) {
    // The org with TLS is at the port after its own.
    const tenant = await startOktaTenant({
      ...options,
      withTls: { port: options.port === 0 ? 0 : options.port + 1 },
    });
    const { apiToken, origin, tlsOrigin, trust } = tenant;
    return {
      tenant,
      lines: [
        `  with TLS  ${tlsOrigin ?? ""}  (for clients that insist on it; tokens from there name it as issuer)`,
        `  trust     NODE_EXTRA_CA_CERTS=${trust?.caFile ?? ""}  SSL_CERT_FILE=${trust?.bundleFile ?? ""}`,
      ],
      variables: {
        OKTA_CLIENT_ORGURL: origin,
        OKTA_CLIENT_TOKEN: apiToken,
        NODE_EXTRA_CA_CERTS: trust?.caFile,
        SSL_CERT_FILE: trust?.bundleFile,
        REQUESTS_CA_BUNDLE: trust?.bundleFile,
      },
    };
  },
});

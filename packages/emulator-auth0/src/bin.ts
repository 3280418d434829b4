#!/usr/bin/env node
/** `emulator-auth0`: an Auth0 tenant from a shell. */
import { runBin } from "@ai-api-access/emulator-core/bin.ts";
import { startAuth0Tenant } from "./index.ts";

await runBin({
  command: "emulator-auth0",
  what: "Auth0 tenant",
  port: 4443,
  async start(options) {
    const tenant = await startAuth0Tenant({ ...options, pagesPort: 0 });
    const { domain, management, pagesOrigin, trust } = tenant;
    return {
      tenant,
      lines: [
        `  its login pages  ${pagesOrigin ?? ""}/authorize  (plain HTTP, for browsers)`,
        `  trust            NODE_EXTRA_CA_CERTS=${trust?.caFile ?? ""}  SSL_CERT_FILE=${trust?.bundleFile ?? ""}`,
      ],
      variables: {
        AUTH0_DOMAIN: domain,
        AUTH0_CLIENT_ID: management.clientId,
        AUTH0_CLIENT_SECRET: management.clientSecret,
        NODE_EXTRA_CA_CERTS: trust?.caFile,
        SSL_CERT_FILE: trust?.bundleFile,
        REQUESTS_CA_BUNDLE: trust?.bundleFile,
      },
    };
  },
});

/** Claim: the file points a shell at the local tenants alone, and whoever sources it in a subshell keeps nothing of it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { writeEnvironmentFile } from "../src/tenants/environment-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "environment-file-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("what else a provider would log in with is taken out, and quotes in a value are kept", () => {
  const file = writeEnvironmentFile(folder, {
    pid: 1,
    auth0: {
      domain: "localhost:4443",
      origin: "https://localhost:4443",
      pagesOrigin: "http://localhost:1",
      clientId: "id",
      clientSecret: "it's; $HOME",
      apiToken: "token",
    },
    okta: { origin: "http://localhost:4480", tlsOrigin: "https://localhost:4481", apiToken: "00a" },
    adminToken: "admin",
    caFile: "/ca.pem",
    bundleFile: "/bundle.pem",
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const shown = "$AUTH0_DOMAIN|$AUTH0_CLIENT_SECRET|$AUTH0_API_TOKEN|$OKTA_ACCESS_TOKEN|$REQUESTS_CA_BUNDLE";
  const out = execFileSync("sh", ["-c", `(. '${file}'; echo "${shown}"); echo "${shown}"`], {
    env: { AUTH0_DOMAIN: "acme.us.auth0.com", AUTH0_API_TOKEN: "real", OKTA_ACCESS_TOKEN: "real" },
    encoding: "utf8",
  });
  expect(out).toBe("localhost:4443|it's; $HOME|||/bundle.pem\nacme.us.auth0.com||real|real|\n");
});

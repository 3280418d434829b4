/**
 * Claim: an empty project with nothing but the packed emulators starts both tenants, in five lines of code or one of
 * shell, and the vendors' SDKs talk to them.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { messageOf } from "@ai-api-access/user-error";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";

const FROM_CODE = `
import { startAuth0Tenant } from "@ai-api-access/emulator-auth0";
import { startOktaTenant } from "@ai-api-access/emulator-okta";
const auth0 = await startAuth0Tenant({ seed: "seed.yaml" });
const okta = await startOktaTenant({ seed: "seed.yaml" });

import { readFileSync } from "node:fs";
import { setDefaultCACertificates } from "node:tls";
import { ManagementClient } from "auth0";
import oktaSdk from "@okta/okta-sdk-nodejs";
setDefaultCACertificates([readFileSync(auth0.trust.caFile, "utf8")]);
const management = new ManagementClient({ domain: auth0.domain, ...auth0.management });
const client = new oktaSdk.Client({ orgUrl: okta.origin, token: okta.apiToken });
const found = await management.organizations.getByName("acme");
const user = await client.userApi.getUser({ userId: "00uLocalMary00000001" });
console.log(JSON.stringify({ organization: found.id, user: user.profile.email }));
await Promise.all([auth0.close(), okta.close()]);
`;

const folder = mkdtempSync(join(tmpdir(), "empty-project-"));

const inProject = () => ({
  cwd: folder,
  encoding: "utf8" as const,
  env: { ...process.env, AI_API_ACCESS_CACHE: join(folder, "cache") },
});

/** Whether npm could install the packed emulators into the empty project. */
function isInstalled(): boolean {
  const packed = execFileSync(
    process.execPath,
    [join(repositoryRoot, "tools/pack-emulators.ts"), "--no-types", join(folder, "packed")],
    { encoding: "utf8" },
  );
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  copyFileSync(join(repositoryRoot, "examples/tenants/seed.yaml"), join(folder, "seed.yaml"));
  const install = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--fetch-retries=0"];
  try {
    execFileSync("npm", [...install, ...packed.trim().split("\n")], {
      ...inProject(),
      stdio: "pipe",
      timeout: 300_000,
    });
  } catch (error) {
    const [missing] =
      /ENOTFOUND|ENOTCACHED|ECONN\w+|ETIMEDOUT|EAI_AGAIN|\bE[45]\d\d\b/.exec(messageOf(error)) ?? [];
    if (missing === undefined) throw error;
    console.warn(
      `Skipped: the packed emulators, since npm reached no registry for what they need (${missing}).`,
    );
    return false;
  }
  mkdirSync(join(folder, "node_modules/@okta"));
  for (const sdk of ["auth0", "@okta/okta-sdk-nodejs"]) {
    symlinkSync(join(repositoryRoot, "node_modules", sdk), join(folder, "node_modules", sdk));
  }
  return true;
}

// Jest wants to know before any test begins which of them it skips.
const testInstalled = isInstalled() ? test : test.skip;
afterAll(() => {
  rmSync(folder, { recursive: true });
});

testInstalled("from code, seeded, for the vendors' SDKs", () => {
  writeFileSync(join(folder, "start.mjs"), FROM_CODE);
  const said = execFileSync(process.execPath, ["start.mjs"], inProject());
  expect(JSON.parse(said)).toEqual({ organization: "org_LocalAcme0000001", user: "mary@acme.example" });
});

testInstalled.each(["emulator-auth0", "emulator-okta"])(
  "%s from a shell, by a name of its own",
  async (command) => {
    const bin = join(folder, "node_modules/.bin", command);
    const flags = [
      "--port",
      "0",
      "--host",
      "tenants.test",
      "--seed",
      "seed.yaml",
      "--write-env",
      "tenant.env",
    ];
    const child = spawn(process.execPath, [bin, ...flags], {
      ...inProject(),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    try {
      const [said] = z
        .array(z.unknown())
        .parse(await Promise.race([once(child.stdout.setEncoding("utf8"), "data"), ended]));
      const [, port] = /https:\/\/tenants\.test:(\d+)/.exec(String(said)) ?? [];
      const environment = readFileSync(join(folder, "tenant.env"), "utf8");
      const ca = readFileSync(/^NODE_EXTRA_CA_CERTS=(.*)$/m.exec(environment)?.[1] ?? "", "utf8");
      const options = { host: "127.0.0.1", port, path: "/_twin/health", servername: "tenants.test", ca };
      const status = await new Promise((answered, failed) => {
        const headers = { host: `tenants.test:${port ?? ""}` };
        request({ ...options, headers, agent: false }, ({ statusCode }) => {
          answered(statusCode);
        })
          .on("error", failed)
          .end();
      });
      expect(status).toBe(200);
    } finally {
      child.kill("SIGTERM");
      expect(await ended).toEqual([0, null]);
    }
  },
);

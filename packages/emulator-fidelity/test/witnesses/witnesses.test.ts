/**
 * Claim: clients that others wrote, in three languages, work with the tenants as they are. `npm run witnesses` fetches
 * them; a test whose client is not on this machine is skipped.
 */
import { spawn, execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Agent } from "undici";
import { Browser, PASSWORD } from "@ai-api-access/testing/auth0-sign-in.ts";
import { startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import { closing } from "@ai-api-access/testing/closing.ts";
import { newSigner } from "@ai-api-access/testing/okta-oauth.ts";
import { serviceApp, TestOrg } from "@ai-api-access/testing/okta-tenant.ts";
import { testTls } from "@ai-api-access/testing/tls.ts";
import { installed } from "./install.ts";

const SEED = resolve(import.meta.dirname, "../../../../examples/tenants/seed.yaml");
const CALLBACK = "http://localhost:3000/callback";
const run = promisify(execFile);
const closed = closing();
const testWith = (witness: string) => (witness === "" ? test.skip : test);

let folder: string;
/** As people set it for clients of their own. */
let environment: NodeJS.ProcessEnv;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "witnesses-"));
  const ca = join(folder, "ca.pem");
  writeFileSync(ca, testTls().cert);
  environment = { ...process.env, NODE_EXTRA_CA_CERTS: ca, SSL_CERT_FILE: ca };
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const sdk = installed("okta-sdk");
const cli = installed("deploy-cli");
const party = installed("relying-party");

testWith(sdk)("Okta's Python SDK, with a token and with a key, over TLS", async () => {
  const org = await TestOrg.start({ seed: SEED, withTls: { port: 0, tls: testTls() } });
  closed(org.tenant);
  const { key, jwk } = newSigner("witness", "RSA");
  const app = await org.create(
    "/api/v1/apps",
    serviceApp({
      credentials: { client_id: "witness-service", token_endpoint_auth_method: "private_key_jwt" },
      oauthClient: { jwks: { keys: [jwk] } },
    }),
  );
  const { origin, tlsOrigin = "", apiToken } = org.tenant;
  await org.send("POST", `/api/v1/apps/${app}/grants`, {
    body: { issuer: origin, scopeId: "okta.users.read" },
  });
  const pem = key.export({ type: "pkcs8", format: "pem" }).toString();
  const words = [join(import.meta.dirname, "okta-sdk/witness.py"), tlsOrigin, apiToken, pem];
  const { stdout } = await run(join(sdk, "bin/python"), words, { env: environment });
  expect(JSON.parse(stdout)).toMatchObject({
    status: "ACTIVE",
    members: ["wit@example.com"],
    renamed: "Renamed",
    page: 1,
    scopes: ["ai:read"],
    policies: ["Services"],
    users: expect.arrayContaining(["wit@example.com", "mary@acme.example"]),
  });
});

testWith(cli)(
  "auth0-deploy-cli: what it exports is imported, and imported again changes nothing",
  async () => {
    const at = closed(await startTestTenant({ seed: SEED }));
    const { domain, management } = at.tenant;
    const env = {
      ...environment,
      AUTH0_DOMAIN: domain,
      AUTH0_CLIENT_ID: management.clientId,
      AUTH0_CLIENT_SECRET: management.clientSecret,
    };
    const script = join(import.meta.dirname, "deploy-cli/witness.mjs");
    await run(process.execPath, [script, cli, folder], { env });
    expect(readFileSync(join(folder, "same"), "utf8")).toBe("true");
    const organization = await at.expectOk("GET", "/organizations/org_LocalAcme0000001");
    expect(organization).toMatchObject({ name: "acme", metadata: { plan: "enterprise" } });
  },
);

/** What the relying party says of the person who signs in, once `signIn` has led them back from where it sends them. */
async function signedIn(
  party: string,
  words: string[],
  signIn: (path: string) => Promise<string>,
): Promise<unknown> {
  const child = spawn(join(party, "relying-party"), [...words, CALLBACK], {
    env: environment,
    stdio: ["pipe", "pipe", "inherit"],
  });
  try {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const url = new URL(String((await lines.next()).value));
    child.stdin.end(`${await signIn(url.pathname + url.search)}\n`);
    return JSON.parse(String((await lines.next()).value));
  } finally {
    child.kill();
  }
}

testWith(party)(
  "a certified relying party in Go at Auth0: a code with PKCE, the ID token, userinfo and a refresh",
  async () => {
    const at = closed(await startTestTenant({ seed: SEED }));
    const words = [
      `${at.tenant.origin}/`,
      "LocalWebApplication0000000000001",
      "local-web-application-secret",
    ];
    const person = await signedIn(party, words, async (path) => {
      const browser = new Browser(at);
      const page = await browser.follow(await browser.get(path));
      return (await browser.submit(page, { username: "mary@acme.example", password: PASSWORD })).location;
    });
    expect(person).toEqual({ subject: "auth0|acme-mary", email: "mary@acme.example", refreshed: true });
  },
);

testWith(party)("and at Okta's org, which gives no refresh tokens here, over TLS", async () => {
  const tls = testTls();
  const org = await TestOrg.start({ seed: SEED, withTls: { port: 0, tls } });
  closed(org.tenant);
  const { tlsOrigin: origin = "" } = org.tenant;
  const words = [origin, "local-web-application", "local-web-application-secret"];
  const dispatcher = closed(new Agent({ connect: { ca: tls.cert } }));
  const person = await signedIn(party, words, async (path) => {
    const browser = new Browser({ tenant: { origin }, dispatcher });
    const page = await browser.get(path);
    const [, request = ""] = /name="request" value="([^"]+)"/.exec(page.text) ?? [];
    const form = { request, username: "mary@acme.example", password: PASSWORD };
    return (await browser.post("/login/sign-in", form)).location;
  });
  expect(person).toEqual({ subject: "00uLocalMary00000001", email: "mary@acme.example", refreshed: false });
});

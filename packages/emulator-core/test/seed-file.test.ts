/** Claim: a seed file says what new tenants hold, and can make nothing that their APIs would refuse. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { serveTenants } from "@ai-api-access/local/tenants/serve.ts";
import { startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import { closing } from "@ai-api-access/testing/closing.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";
import { UserError } from "@ai-api-access/user-error";

const EXAMPLE = resolve(import.meta.dirname, "../../../examples/tenants/seed.yaml");
const closed = closing();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "seed-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function written(text: string): string {
  const file = join(folder, "seed.yaml");
  writeFileSync(file, text);
  return file;
}

/** The error for its person, with the name of the file left out. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (!(error instanceof UserError)) throw new Error("A UserError was expected.", { cause: error });
  return error.message.replaceAll(folder, "…");
}

test("the example: an Auth0 application, a person and an organization under the ids that it gives", async () => {
  const at = closed(await startTestTenant({ seed: EXAMPLE }));
  const token = await at.call("POST", "/oauth/token", {
    grant_type: "client_credentials",
    client_id: "LocalNightlyJob00000000000000001",
    client_secret: "local-nightly-job-secret",
    audience: "https://ai.example.com",
    organization: "org_LocalAcme0000001",
  });
  expect(token).toMatchObject({ status: 200, body: { scope: "read:models" } });
  const organization = "/api/v2/organizations/org_LocalAcme0000001";
  expect((await at.call("GET", organization)).body).toMatchObject({
    name: "acme",
    metadata: { plan: "enterprise" },
    branding: { colors: { primary: "#0059D6" } },
  });
  // By time of joining, so two of the same millisecond may come either way round.
  const { body: members } = await at.call("GET", `${organization}/members?fields=user_id,roles`);
  expect(members).toHaveLength(2);
  expect(members).toEqual(
    expect.arrayContaining([
      { user_id: "auth0|acme-mary", roles: [{ id: expect.any(String), name: "ai-editor" }] },
      { user_id: "auth0|64f0000000000000000000a1", roles: [] },
    ]),
  );
  expect((await at.call("GET", `${organization}/enabled_connections`)).body).toHaveLength(2);
  expect((await at.call("GET", "/api/v2/users/auth0|acme-mary")).body).toMatchObject({
    email_verified: true,
  });
  await at.call("DELETE", organization);
  at.tenant.reset();
  expect(await at.call("GET", organization)).toMatchObject({ status: 200 });
});

test("the example: Okta apps, a server, a person and their group", async () => {
  const org = await TestOrg.start({ seed: EXAMPLE });
  closed(org.tenant);
  const token = await org.send("POST", "/oauth2/ausLocalAi0000000001/v1/token", {
    authorization: `Basic ${Buffer.from("local-service:local-service-secret").toString("base64")}`,
    form: { grant_type: "client_credentials", scope: "ai:read" },
  });
  expect(token).toMatchObject({ status: 200, body: { scope: "ai:read", expires_in: 1800 } });
  const metadata = await org.send(
    "GET",
    "/oauth2/ausLocalAi0000000001/.well-known/oauth-authorization-server",
  );
  expect(metadata.body).toMatchObject({ issuer: `${org.tenant.origin}/oauth2/ausLocalAi0000000001` });
  expect((await org.send("GET", "/api/v1/users/00uLocalMary00000001/groups")).body).toMatchObject([
    { profile: { name: "Everyone" } },
    { profile: { name: "Engineers" } },
  ]);
});

test("all mistakes of a file come at once, with their lines, in the words of the vendors; nothing is made", async () => {
  const seed = written(`auth0:
  people: []
  apis:
    - { identifier: "https://localhost/x", name: 1 }
  roles:
    - name: reader
      permissions: [{ api: "https://none.example", name: read }]
  applications:
    - name: Web
      callback: http://localhost
      client_secret: short
    - { name: One, client_id: SameSame, app_type: nothing }
    - { name: Two, client_id: SameSame }
    - { name: Three, client_id: SameSame }
  users:
    - { email: mary@acme.example }
    - { email: ada@example.com, password: Local-twin-1 }
  organizations:
    - name: acme
      branding: { colors: { primary: blue, page_background: "#FFFFFF" } }
    - name: other
      members:
        - { user: nobody@acme.example }
        - { user: mary@acme.example, roles: [editor] }
      grants: [{ application: Web, audience: "https://ai.example.com" }]
okta:
  users: [{ email: mary@acme.example, firstName: Mary }]
  apps:
    - label: Machine
      client_secret: short
      groups: [Nobody]
  authorizationServers:
    - { name: ai, audiences: [a, b] }
    - name: other
      audiences: [api]
      policies:
        - name: Machines
          rules: [{ name: All, scopes: [unknown], accessTokenLifetimeMinutes: 1 }]
`);
  const home = mkdtempSync(join(folder, "home-"));
  const serving = serveTenants({ folder: home, firstPorts: { auth0: 0, okta: 0 }, seed });
  expect(await refusal(serving)).toMatchInlineSnapshot(`
   "…/seed.yaml cannot be used:
     line 2: auth0.people: unknown; there are connections, apis, roles, applications, users, organizations
     line 4: auth0.apis[0].name: Payload validation error: 'Expected type string but found type integer' on property name (Friendly name for this resource server. Can not contain \`<\` or \`>\` characters.).
     line 7: auth0.roles[0].permissions[0].api: there is no "https://none.example" in apis
     line 11: auth0.applications[0].client_secret: wants at least 16 characters
     line 12: auth0.applications[1].app_type: Payload validation error: 'No enum match for: nothing' on property app_type (The type of application this client represents.).
     line 14: auth0.applications[3].client_id: SameSame is taken already
     line 16: auth0.users[0]: Payload validation error: 'Missing required property: password'.
     line 17: auth0.users[1]: The user already exists.
     line 20: auth0.organizations[0].branding.colors.primary: Payload validation error: 'Object didn't pass validation for format html-color: blue' on property branding.colors.primary (HEX Color for primary elements.).
     line 23: auth0.organizations[1].members[0].user: there is no "nobody@acme.example" in users
     line 27: okta.users[0]: profile.lastName: The field cannot be left blank
     line 29: okta.apps[0]: client_secret: 'client_secret' must be at least '14' characters long.
     line 31: okta.apps[0].groups[0]: there is no "Nobody" in groups
     line 33: okta.authorizationServers[0].audiences: audiences: must hold exactly one audience
     line 38: okta.authorizationServers[1].policies[0].rules[0].accessTokenLifetimeMinutes: actions.token.accessTokenLifetimeMinutes: Too small: expected number to be >=5"
  `);
  expect(readdirSync(home).filter((name) => name.startsWith("auth0"))).toEqual([]);
});

test.each([
  ["auth0: [", "not YAML"],
  ["users: []", "unknown; wants auth0 and okta"],
  ["- auth0", "wants an object with the keys auth0 and okta"],
  ["okta: here", "wants an object with lists"],
])("%j is refused by its line", async (text, why) => {
  const said = await refusal(TestOrg.start({ seed: written(text) }));
  expect(said).toContain(why);
  expect(said).toMatch(/line 1/);
});

test("tenants that were made before do not read it, and say so", async () => {
  const home = mkdtempSync(join(folder, "home-"));
  const said: string[] = [];
  const options = {
    folder: home,
    firstPorts: { auth0: 0, okta: 0 },
    onNotice: (line: string) => said.push(line),
  };
  await closed(await serveTenants({ ...options, seed: EXAMPLE })).close();
  expect(said).toEqual([]);
  const again = closed(await serveTenants({ ...options, seed: written("not: read") }));
  expect(said).toEqual([expect.stringMatching(/seed\.yaml was not read: .*local reset/)]);
  expect(again.auth0.snapshot().collections.organizations).toMatchObject([{ id: "org_LocalAcme0000001" }]);
});

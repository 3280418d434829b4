/** `npx ai-api-access pr-preview` between real commits, on the real engine, with no credential in the environment. */
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Repository } from "./pr-preview-repository.ts";

// Each run brings up one stack and another over it.
jest.setTimeout(300_000);

let repository: Repository;
beforeAll(() => {
  repository = new Repository();
});
afterAll(() => {
  repository.remove();
});

const STACK_FILE = "Pulumi.local.yaml";
const EXPECTED = `## What this changes

From \`main\` (COMMIT) to \`renamed\` (COMMIT), with the values of \`Pulumi.local.yaml\`: the first is deployed on the local twin, the second previewed and applied over it. The tenants are local stand-ins; no credential is used.

**2 created, 2 updated, 0 replaced, 3 deleted, 20 unchanged.** It applies.

### Updated

| resource | property | before | after |
| --- | --- | --- | --- |
| \`organization\` (auth0 Organization) | \`displayName\` | \`My Awesome Company\` | \`Renamed Company\` |
|  | \`name\` | \`my-awesome-company\` | \`renamed-company\` |
| \`service-app-rule\` (okta auth.ServerPolicyRule) | \`scopeWhitelists\` | \`["ai:read","ai:write"]\` | \`["ai:read"]\` |

### Created

| resource | called |
| --- | --- |
| \`members-auth0\\|64f0000000000000000000a3\` (auth0 OrganizationMember) |  |
| \`members-auth0\\|64f0000000000000000000a3-ai-reader\` (auth0 OrganizationMemberRole) |  |

### Deleted

| resource | called |
| --- | --- |
| \`members-auth0\\|64f0000000000000000000a2\` (auth0 OrganizationMember) |  |
| \`members-auth0\\|64f0000000000000000000a2-ai-reader\` (auth0 OrganizationMemberRole) |  |
| \`service-app-scope-ai:write\` (okta auth.ServerScope) | \`ai:write\` |

### Outputs that change

| output | before | after |
| --- | --- | --- |
| \`appConfig.auth0.organizationName\` | \`my-awesome-company\` | \`renamed-company\` |
| \`appConfig.okta.scopes\` | \`["ai:read","ai:write"]\` | \`["ai:read"]\` |
| \`oktaScopes\` | \`["ai:read","ai:write"]\` | \`["ai:read"]\` |
| \`organizationName\` | \`my-awesome-company\` | \`renamed-company\` |
`;

const scope = "      - name: ai:write\n        description: Teach the AI\n";

test("a branch that renames the organization, swaps a member and drops a scope says exactly that", async () => {
  repository.git("checkout", "--quiet", "-b", "renamed");
  repository.edit(
    STACK_FILE,
    ["    name: my-awesome-company\n", "    name: renamed-company\n"],
    ["displayName: My Awesome Company", "displayName: Renamed Company"],
    ["email: grace@example.com", "email: alan@example.com"],
    // The second of the two: the first is a permission of the API.
    [`scopes:\n      - name: ai:read\n        description: Ask the AI\n${scope}`, SCOPES_LEFT],
  );
  repository.commit("Rename the organization, swap a member, drop a scope");
  // What comes to the base later is no part of the change.
  repository.git("checkout", "--quiet", "main");
  repository.edit(STACK_FILE, ["label: AI Service OAuth App", "label: Another label"]);
  repository.commit("Label the app");
  repository.git("checkout", "--quiet", "renamed");

  const out = join(repository.folder, ".twin-report.md");
  const { code, report, said } = await repository.preview("--base", "main", "--out", out);
  expect(said).toMatch(/^Taking the base from \w{7}\.\nDeploying the base\.\n/);
  expect(code).toBe(0);
  const written = readFileSync(out, "utf8");
  expect(report.trimEnd()).toBe(written.trimEnd());
  expect(written.replaceAll(/\b[0-9a-f]{7}\b/g, "COMMIT")).toBe(EXPECTED);
  // Nothing of the run stays in the repository but the report that was asked for.
  expect(repository.git("status", "--porcelain")).toBe("?? .twin-report.md");
  expect(repository.git("worktree", "list").split("\n")).toHaveLength(1);
});

const SCOPES_LEFT = "scopes:\n      - name: ai:read\n        description: Ask the AI\n";

test("a branch that would replace a protected connection is stopped before it is applied", async () => {
  repository.git("reset", "--quiet", "--hard", "main");
  repository.git("clean", "--quiet", "--force");
  repository.edit(STACK_FILE, [
    "existing: Username-Password-Authentication",
    "name: my-awesome-company-users",
  ]);
  repository.commit("Protect the connection");
  const base = repository.git("rev-parse", "HEAD");
  // Not committed: on a laptop, the working tree counts.
  repository.edit(STACK_FILE, ["name: my-awesome-company-users", "name: other-users"]);

  const { code, report } = await repository.preview("--base", base);
  expect(code).toBe(2);
  expect(report).toContain("and what is not committed yet");
  expect(report).toContain("**Stopped: 1 resource would go that must not.** Nothing was applied.");
  expect(report).toMatch(/- `organization-users` \(auth0 Connection\): It would be .*protected/);
});

test("a branch whose configuration has mistakes says all of them, and fails", async () => {
  repository.git("reset", "--quiet", "--hard", "main");
  repository.edit(
    STACK_FILE,
    ['primaryColor: "#0000FF"', "primaryColor: blue"],
    ["type: regular_web", "type: website"],
  );
  const { code, report, said } = await repository.preview("--base", "main");
  expect(code).toBe(1);
  // Before anything is deployed.
  expect(said).toBe("");
  expect(report).toContain("**It does not apply.**");
  expect(report).toContain("ai-api-access:organization.branding.primaryColor");
  expect(report).toContain("ai-api-access:loginApp.type");
});

test("with another stack's values, what they name in the real tenants is made on the twin first", async () => {
  repository.git("reset", "--quiet", "--hard", "main");
  const role = "rol_Abcdefghij123456";
  repository.edit(
    DEV_FILE,
    ["<USER_ID>", '"auth0|5f7c8ec7c33c6c004bbafe82"'],
    ["<EMAIL>", "people@customer.example"],
    ["<ROLE_ID>", `${role}, auditor`],
    ["    redirectUris:", "    authorizationServer: { existing: aus1a2b3c4d5e6f7g8h9 }\n    redirectUris:"],
  );
  repository.commit("Fill in dev");
  repository.edit(DEV_FILE, ["people@customer.example", "others@customer.example"]);
  const { code, report, said } = await repository.preview("--base", "HEAD", "--config", DEV_FILE);
  expect(said).toMatch(/Applying the head\.\n$/);
  expect(report).toContain("**4 created, 0 updated, 0 replaced, 4 deleted,");
  expect(code).toBe(0);
  expect(report).toMatch(new RegExp(`^> \`rol_\\w+\` stands for \`${role}\`\\.$`, "m"));
  expect(report).toMatch(/^> `aus\w+` stands for `aus1a2b3c4d5e6f7g8h9`\.$/m);
  expect(report).toContain(
    "Left out of `Pulumi.dev.yaml` in the base: `auth0:domain`, `okta:orgName`, `okta:baseUrl`.",
  );
});

const DEV_FILE = "Pulumi.dev.yaml";

test("a base that is not there is said at once, with what to do", async () => {
  const { code, said } = await repository.preview("--base", "no-such-branch");
  expect(code).toBe(1);
  expect(said).toContain("--base: got no-such-branch; wants a branch, tag or commit");
  expect(said).not.toContain("    at ");
});

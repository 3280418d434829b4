/** `npx ai-api-access pr-preview` between real commits, on the real engine, with no credential in the environment. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Repository } from "./pr-preview-repository.ts";

let repository: Repository;
beforeAll(() => {
  repository = new Repository();
});
afterAll(() => {
  repository.remove();
});

const STACK_FILE = "Pulumi.local.yaml";
const DEV_FILE = "Pulumi.dev.yaml";
const EXPECTED = `## What this changes

From \`main\` (COMMIT) to \`renamed\` (COMMIT and what is not committed yet): the first is deployed on the local twin, the second previewed and applied over it. The tenants are local stand-ins; no credential is used.

### \`Pulumi.dev.yaml\`

**Stopped: 1 resource would go that must not.** Nothing was applied.

- \`connection.dev-users\` (auth0 Connection): It would be deleted; it is protected; the people of a connection go with it.

**7 created, 0 updated, 0 replaced, 7 deleted, 16 unchanged** in the preview.

#### Access that is taken away

| who | loses |
| --- | --- |
| \`everybody\` | \`the connection dev-users to sign in through\` |
| \`people@customer.example\` | \`membership, and with it ai-reader, auditor, ROLE\` |
`;
const LOCAL = `### \`Pulumi.local.yaml\`

**2 created, 2 updated, 0 replaced, 3 deleted, 16 unchanged.** It applies.

#### Access that is taken away

| who | loses |
| --- | --- |
| \`grace@example.com\` | \`membership, and with it ai-reader\` |
| \`the service app\` | \`scope ai:write\` |

#### Deleted

| resource | called |
| --- | --- |
| \`members-auth0\\|64f0000000000000000000a2\` (auth0 OrganizationMember) |  |
| \`members-auth0\\|64f0000000000000000000a2-ai-reader\` (auth0 OrganizationMemberRole) |  |
| \`service-app-scope-ai:write\` (okta auth.ServerScope) | \`ai:write\` |

#### Updated

| resource | property | before | after |
| --- | --- | --- | --- |
| \`organization\` (auth0 Organization) | \`displayName\` | \`My Awesome Company\` | \`Renamed Company\` |
|  | \`name\` | \`my-awesome-company\` | \`renamed-company\` |
| \`service-app-rule\` (okta auth.ServerPolicyRule) | \`scopeWhitelists\` | \`["ai:read","ai:write"]\` | \`["ai:read"]\` |

#### Created

| resource | called |
| --- | --- |
| \`members-auth0\\|64f0000000000000000000a3\` (auth0 OrganizationMember) |  |
| \`members-auth0\\|64f0000000000000000000a3-ai-reader\` (auth0 OrganizationMemberRole) |  |

#### Outputs that change

| output | before | after |
| --- | --- | --- |
| \`appConfig.auth0.organizationName\` | \`my-awesome-company\` | \`renamed-company\` |
| \`appConfig.okta.scopes\` | \`["ai:read","ai:write"]\` | \`["ai:read"]\` |
| \`oktaScopes\` | \`["ai:read","ai:write"]\` | \`["ai:read"]\` |
| \`organizationName\` | \`my-awesome-company\` | \`renamed-company\` |
`;

const SCOPES_LEFT = "scopes:\n      - name: ai:read\n        description: Ask the AI\n";
const scope = "      - name: ai:write\n        description: Teach the AI\n";
const ROLE = "rol_Abcdefghij123456";

test("a branch that changes two stacks has both reported, what takes away first, and is stopped at what is protected", async () => {
  // The base: dev is filled in, with a connection of its own and names of the real tenants.
  repository.edit(
    DEV_FILE,
    ["existing: Username-Password-Authentication\n", "database: dev-users\n"],
    ["<USER_ID>", '"auth0|5f7c8ec7c33c6c004bbafe82"'],
    ["<EMAIL>", "people@customer.example"],
    ["<ROLE_ID>", `${ROLE}, auditor`],
    ["    redirectUris:", "    authorizationServer: { existing: aus1a2b3c4d5e6f7g8h9 }\n    redirectUris:"],
  );
  repository.commit("Fill in dev");
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
  // Not committed: on a laptop, the working tree counts.
  repository.edit(
    DEV_FILE,
    ["people@customer.example", "others@customer.example"],
    ["database: dev-users", "database: other-users"],
  );

  const out = join(repository.folder, ".twin-report.md");
  const { code, report, said } = await repository.preview("--base", "main", "--out", out);
  expect(said).toMatch(/^Taking the base from \w{7}\.\nDeploying the base's stack dev\.\n/);
  const written = readFileSync(out, "utf8");
  expect(report.trimEnd()).toBe(written.trimEnd());
  const plain = written.replaceAll(/\b[0-9a-f]{7}\b/g, "COMMIT").replaceAll(/rol_\w+/g, "ROLE");
  expect(plain.slice(0, EXPECTED.length)).toBe(EXPECTED);
  expect(plain.slice(plain.indexOf("### `Pulumi.local"))).toBe(LOCAL);
  expect(code).toBe(2);
  // What dev names in the real tenants was made on the twin first.
  expect(written).toMatch(new RegExp(`^> \`rol_\\w+\` stands for \`${ROLE}\`\\.$`, "m"));
  expect(written).toMatch(/^> `aus\w+` stands for `aus1a2b3c4d5e6f7g8h9`\.$/m);
  expect(written).toContain("Left out of the base's file: `auth0:domain`, `okta:orgName`, `okta:baseUrl`.");
  // Nothing of the run stays in the repository but the report that was asked for.
  expect(repository.git("status", "--porcelain")).toBe("M Pulumi.dev.yaml\n?? .twin-report.md");
  expect(repository.git("worktree", "list").split("\n")).toHaveLength(1);
});

test("the mistakes of each stack are named with who has them, and nothing is deployed", async () => {
  repository.git("reset", "--quiet", "--hard", "main");
  repository.git("clean", "--quiet", "--force");
  repository.edit(STACK_FILE, ["type: regular_web", "type: website"]);
  repository.commit("A mistake");
  const base = repository.git("rev-parse", "HEAD");
  repository.edit(STACK_FILE, ['primaryColor: "#0000FF"', "primaryColor: blue"]);
  repository.edit(DEV_FILE, ["label: AI Service OAuth App\n", "label: AI: Service\n"]);
  const { code, report, said } = await repository.preview("--base", base);
  expect(code).toBe(1);
  expect(said).toBe("");
  expect(report).toMatch(
    /The branch brings 1 mistake in the configuration of stack local [\s\S]+organization\.branding\.primaryColor/,
  );
  expect(report).toMatch(
    /The base has already 1 mistake in the configuration of stack local [\s\S]+loginApp\.type/,
  );
  expect(report).toMatch(/Pulumi\.dev\.yaml of the branch, line \d+, column \d+: this is not YAML\./);
  expect(report).not.toContain("    at ");
});

test("a base that is not there is said at once, with what to do", async () => {
  const { code, said } = await repository.preview("--base", "no-such-branch");
  expect(code).toBe(1);
  expect(said).toContain("--base: got no-such-branch; wants a branch, tag or commit");
  expect(said).not.toContain("    at ");
});

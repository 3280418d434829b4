/** What the report makes of the engine's events: a mock of the engine can show what a stack seldom does. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { inPlaceOfLocal } from "@ai-api-access/local/project.ts";
import { serveTenants } from "@ai-api-access/local/tenants/serve.ts";
import { readersOf } from "@ai-api-access/tenant-clients";
import * as config from "../../../src/config/index.ts";
import { declareStack } from "../../../src/stack.ts";
import { inspect } from "../src/doctor/inspect.ts";
import { seed } from "../src/pr-preview/seed.ts";
import { withoutRosters, writeOrganizations } from "../src/pr-preview/organizations.ts";
import { checkedStack, localSource } from "../src/shared/stack/source.ts";
import { openTenants } from "../src/shared/tenants.ts";
import { accessLosses } from "../src/pr-preview/access.ts";
import { differences } from "../src/pr-preview/differences.ts";
import { lossesOf } from "../src/pr-preview/losses.ts";
import { block, code } from "../src/pr-preview/markdown.ts";
import { outputDifferences } from "../src/pr-preview/outputs.ts";
import { describeMistakes } from "../src/pr-preview/mistakes.ts";
import { render, type Outcome, type Report } from "../src/pr-preview/report.ts";
import { Steps, type RunEvent } from "../src/pr-preview/steps.ts";

const CONNECTION = "auth0:index/connection:Connection";
const APP = "okta:app/oAuth:OAuth";
const urn = (type: string, name: string): string =>
  `urn:pulumi:local::ai-api-access::parent$${type}::${name}`;

interface Given {
  readonly protect?: boolean;
  readonly keys?: string[];
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

function step(op: string, type: string, name: string, given: Given = {}): RunEvent {
  const { protect = false, keys, before, after } = given;
  const side = (inputs: Readonly<Record<string, unknown>>) => ({ custom: true, protect, inputs });
  const metadata = {
    op,
    type,
    urn: urn(type, name),
    ...(before && { old: side(before) }),
    ...(after && { new: side(after) }),
    ...(keys && { keys }),
  };
  return { resourcePreEvent: { metadata } };
}

function stepsOf(...events: RunEvent[]): Steps {
  const steps = new Steps();
  events.forEach(steps.follow);
  return steps;
}

const SIDES = {
  base: { sha: "a".repeat(40), name: "main" },
  head: { sha: "b".repeat(40), name: "x" },
  dirty: false,
};

function reportOf(steps: Steps): string {
  const report: Report = {
    sides: SIDES,
    stacks: [
      {
        file: "Pulumi.local.yaml",
        outcome: { kind: "applied" },
        access: accessLosses(steps.changes()),
        changes: steps.changes(),
        outputs: [],
        notes: [],
      },
    ],
  };
  return render(report);
}

test("a replacement is one change, and names the property that forces it", () => {
  const before = { label: "AI", omitSecret: true, type: "service" };
  const after = { label: "AI service", omitSecret: false, type: "service" };
  const steps = stepsOf(
    step("create-replacement", APP, "service-app", { before, after, keys: ["omitSecret"] }),
    step("replace", APP, "service-app", { before, after, keys: ["omitSecret"] }),
    step("delete-replaced", APP, "service-app", { before, keys: ["omitSecret"] }),
  );
  expect(steps.changes()).toHaveLength(1);
  expect(reportOf(steps)).toContain(
    [
      "| `service-app` (okta app.OAuth) | `label` | `AI` | `AI service` |",
      "|  | `omitSecret` forces it | `true` | `false` |",
    ].join("\n"),
  );
});

test("a connection that would go is a loss even where nothing protects it, and a protected role is", () => {
  const inputs = { name: "users" };
  const role = "auth0:index/role:Role";
  const steps = stepsOf(
    step("delete", CONNECTION, "organization-users", { before: inputs }),
    step("delete", role, "api-admin", { before: inputs, protect: true }),
    step("delete", role, "api-reader", { before: inputs }),
    step("update", CONNECTION, "other", { before: inputs, after: { name: "users", a: 1 }, protect: true }),
  );
  expect(lossesOf(steps.changes(), steps.refusals)).toEqual([
    { name: "api-admin", type: role, reason: "It would be deleted; it is protected" },
    {
      name: "organization-users",
      type: CONNECTION,
      reason: "It would be deleted; the people of a connection go with it",
    },
  ]);
});

const API = "https://ai.example.com";
const permissions = (...names: string[]) => ({
  roleId: "rol_1",
  permissions: names.map((name) => ({ name, resourceServerIdentifier: API })),
});
const MEMBER = "auth0:index/organizationMember:OrganizationMember";
const MEMBER_ROLE = "auth0:index/organizationMemberRole:OrganizationMemberRole";
const ROLE_PERMISSIONS = "auth0:index/rolePermissions:RolePermissions";
const RULE = "okta:auth/serverPolicyRule:ServerPolicyRule";

test("who loses a membership, a role, a permission or a scope is said by name, before everything else", () => {
  const person = (id: string) => ({ organizationId: "org_1", userId: `auth0|${id}` });
  const kept = (type: string, name: string, inputs: object) =>
    step("same", type, name, { before: { ...inputs }, after: { ...inputs } });
  const steps = stepsOf(
    // Ada stays editor, and editors may no longer write.
    kept(MEMBER, "members-auth0|ada", person("ada")),
    kept(MEMBER_ROLE, "members-auth0|ada-ai-editor", person("ada")),
    step("update", ROLE_PERMISSIONS, "api-role-ai-editor", {
      before: permissions("ai:read", "ai:write"),
      after: permissions("ai:read"),
    }),
    // Grace is an editor no more, and may read as before.
    kept(MEMBER, "members-auth0|grace", person("grace")),
    kept(MEMBER_ROLE, "members-auth0|grace-ai-reader", person("grace")),
    step("delete", MEMBER_ROLE, "members-auth0|grace-ai-editor", { before: person("grace") }),
    kept(ROLE_PERMISSIONS, "api-role-ai-reader", permissions("ai:read")),
    step("delete", MEMBER, "members-auth0|alan", { before: person("alan") }),
    step("delete", MEMBER_ROLE, "members-auth0|alan-ai-reader", { before: person("alan") }),
    step("create", MEMBER, "members-auth0|barbara", { after: person("barbara") }),
    step("update", RULE, "service-app-rule", {
      before: { scopeWhitelists: ["ai:read", "ai:write"] },
      after: { scopeWhitelists: ["ai:read"] },
    }),
    step("replace", "auth0:index/organizationConnection:OrganizationConnection", "link", {
      before: { connectionId: "con_1" },
      after: { connectionId: "con_2" },
    }),
  );
  const losses = accessLosses(steps.changes());
  expect(losses).toEqual([
    { who: "everybody", loses: "the connection to sign in through; another one takes its place" },
    { who: "auth0|ada", loses: "permission ai:write" },
    { who: "auth0|alan", loses: "membership, and with it ai-reader" },
    { who: "auth0|grace", loses: "role ai-editor, permission ai:write" },
    { who: "the service app", loses: "scope ai:write" },
  ]);
  const headings = [...reportOf(steps).matchAll(/^#### (.+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(["Access that is taken away", "Deleted", "Replaced", "Updated", "Created"]);
});

test("of a removed organization everybody is named before its members, and its connections go without saying", () => {
  const person = (id: string) => ({ organizationId: "org_1", userId: `auth0|${id}` });
  const link = "auth0:index/organizationConnection:OrganizationConnection";
  const steps = stepsOf(
    step("delete", MEMBER, "acme.members-auth0|ada", { before: person("ada") }),
    step("delete", MEMBER_ROLE, "acme.members-auth0|ada-ai-reader", { before: person("ada") }),
    step("delete", link, "acme.organization.acme-users", { before: {} }),
    step("delete", "auth0:index/organization:Organization", "acme.organization", { before: {} }),
    // Of an organization that stays.
    step("delete", link, "globex.organization.globex-okta", { before: {} }),
    // What the engine keeps in the state alone.
    step("delete", "pulumi:providers:okta", "default_7_0_0", { before: {} }),
    step("delete", "pulumi:index:Stash", "acme.members", { before: {} }),
  );
  expect(accessLosses(steps.changes())).toEqual([
    { who: "everybody in acme", loses: "the organization" },
    { who: "everybody in globex", loses: "the connection globex-okta to sign in through" },
    { who: "auth0|ada in acme", loses: "membership, and with it ai-reader" },
  ]);
  expect(reportOf(steps)).not.toMatch(/default_7_0_0|Stash/);
});

const program = { ...config, declareStack };
const BASE = "my-org/ai-api-access/base";
const ORGANIZATION_FILES = {
  "acme.yaml": `displayName: Acme
connections: [{ existing: shared-users }, { okta: acme-okta, groups: [AI people] }]
members: [{ email: ada@acme.com, roles: [auditor] }, { user: auth0|5f7c8ec7c33c6c004bbafe82, roles: [] }]
`,
  "globex.yaml": "displayName: Globex\nconnections: [{ existing: shared-users }]\nmembersFile: people.csv\n",
};

test("what many organizations, and a stack on top of another, name as being there is there on the twin", async () => {
  const root = mkdtempSync(join(tmpdir(), "ai-api-access-sides-"));
  mkdirSync(join(root, "organizations"));
  for (const [name, text] of Object.entries(ORGANIZATION_FILES))
    writeFileSync(join(root, "organizations", name), text);
  const served = await serveTenants({ folder: root, firstPorts: { auth0: 0, okta: 0 } });
  try {
    for (const values of [
      {
        "ai-api-access:organizationsFolder": "organizations",
        "ai-api-access:api": { existing: "https://ai.example.com" },
        "ai-api-access:loginApp": { existing: "4Y8s5vYbOQKxR2mJ" },
      },
      { "ai-api-access:organizationsFolder": "organizations", "ai-api-access:baseStack": BASE },
    ]) {
      const side = withoutRosters({ root, values, notes: [] });
      expect(side.left).toEqual(["globex.yaml.membersFile"]);
      const { sides, notes } = await seed(served.access, [side]);
      const [seeded = side] = sides;
      const written = writeOrganizations(seeded, join(root, "written"), repositoryRoot);
      const source = localSource(served.access, inPlaceOfLocal(written));
      const stack = checkedStack({ name: "local", project: "ai-api-access", source, program });
      const readers = readersOf(await openTenants(source));
      const { problems, registrations } = await inspect(stack, readers, new Map());
      expect(problems).toEqual([]);
      const members = registrations.filter(({ type }) => type === MEMBER).map(({ name }) => name);
      expect(members).toEqual([
        expect.stringMatching(/^acme\.members-auth0\|/),
        "acme.members-auth0|5f7c8ec7c33c6c004bbafe82",
      ]);
      expect(notes.join("\n")).toMatch(/stands? for /);
    }
  } finally {
    await served.close();
    rmSync(root, { recursive: true });
  }
});

test("the stack that would lose something comes before one that does not apply, and that before one that does", () => {
  const stack = (file: string, outcome: Outcome) => ({
    file,
    outcome,
    access: [],
    changes: [],
    outputs: [],
    notes: [],
  });
  const text = render({
    sides: SIDES,
    stacks: [
      stack("Pulumi.a.yaml", { kind: "applied" }),
      stack("Pulumi.b.yaml", { kind: "failed", errors: ["1 mistake"] }),
      stack("Pulumi.c.yaml", { kind: "removed" }),
      { ...stack("Pulumi.d.yaml", { kind: "applied" }), access: [{ who: "ada@example.com", loses: "x" }] },
      stack("Pulumi.e.yaml", { kind: "stopped", losses: [] }),
    ],
  });
  expect([...text.matchAll(/^### `Pulumi\.(.)\.yaml`$/gm)].map(([, name]) => name).join("")).toBe("edbca");
});

test("the mistakes that a branch brings are told from those that its base has already", async () => {
  const wrong = (...keys: string[]) =>
    keys.map((key) => ({ key: `ai-api-access:${key}`, got: "x", wants: "y", example: "z" }));
  const [brought, old] = await describeMistakes(
    { base: wrong("api.name", "roles"), branch: wrong("api.name", "members") },
    "customer-acme",
  );
  expect(brought).toMatch(
    /^The branch brings 1 mistake in the configuration of stack customer-acme .*\n\n1\. ai-api-access:members\n/,
  );
  expect(old).toMatch(/^The base has already 1 mistake .*\n\n1\. ai-api-access:api\.name\n/);
});

test("what a pull request writes into values stays inside its code span, cell and block", () => {
  expect(code("a | b")).toBe("`a \\| b`");
  expect(code("`rm`")).toBe("`` `rm` ``");
  expect(code("one\n\n# two")).toBe("`one ⏎ # two`");
  expect(code("x".repeat(1000))).toBe(`\`${"x".repeat(300)}… (1000 characters)\``);
  expect(block("```\n<script>")).toBe("````text\n```\n<script>\n````");
});

test("a secret that becomes another one is said without either", () => {
  const shown = { clientSecret: "[secret]", appConfig: { okta: { clientSecret: "[secret]" } } };
  const plain = (secret: string) => ({ clientSecret: secret, appConfig: { okta: { clientSecret: secret } } });
  const changed = outputDifferences({ shown, plain: plain("one") }, { shown, plain: plain("two") });
  expect(changed).toEqual(
    ["appConfig.okta.clientSecret", "clientSecret"].map((path) => ({
      path,
      before: "[secret]",
      after: "[secret], another one",
    })),
  );
});

test("differences go down to the leaf, and take a list of plain values for one", () => {
  const before = { a: { b: 1, "c d": [1, 2] }, list: [{ x: 1 }, { x: 2 }], gone: true };
  const after = { a: { b: 1, "c d": [2, 1] }, list: [{ x: 1 }, { x: 3 }, { x: 4 }] };
  expect(differences(before, after)).toEqual([
    { path: 'a["c d"]', before: [1, 2], after: [2, 1] },
    { path: "list[1].x", before: 2, after: 3 },
    { path: "list[2]", before: undefined, after: { x: 4 } },
    { path: "gone", before: true, after: undefined },
  ]);
});

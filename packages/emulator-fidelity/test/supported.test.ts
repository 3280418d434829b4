/**
 * Claim: `docs/SUPPORTED.md` says of every operation of both tenants what it rests on and where it differs, and is
 * as new as the routes and the notes.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { knownDifferences } from "../src/ledger/differences.ts";
import { gapsOf } from "../src/ledger/gaps.ts";
import { supportedPage } from "../src/ledger/page/page.ts";
import { notedTenants } from "../src/ledger/tenants.ts";
import type { NotedTenant } from "../src/ledger/tenants.ts";
import { startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const run = promisify(execFile);

const example: NotedTenant = {
  routes: [
    { method: "GET", path: "/things", operation: "listThings", access: ["read:things"], success: 200 },
    { method: "POST", path: "/things", operation: "createThing", access: "authenticated", success: 201 },
  ],
  notes: {
    vendor: "Example",
    differs: [],
    areas: {
      Things: {
        setUp: ["things"],
        operations: {
          listThings: { basis: "recorded" },
          createThing: { basis: "assumed", unconfirmed: ["The text of the refusal of a second one."] },
        },
      },
    },
  },
};

test.each(notedTenants.map((tenant) => [tenant.notes.vendor, tenant] as const))(
  "every operation of the %s tenant has its entry, and every entry its operation",
  (_vendor, tenant) => {
    expect(tenant.routes.length).toBeGreaterThan(0);
    expect(gapsOf(tenant)).toEqual([]);
  },
);

test("a new route without its entry is a gap, as are an entry without a route and a route without a name", () => {
  const { routes, notes } = example;
  const route = { method: "DELETE", path: "/things/:id", access: "public", success: 204 } as const;
  expect(gapsOf(example)).toEqual([]);
  expect(gapsOf({ notes, routes: [...routes, { ...route, operation: "deleteThing" }] })).toEqual([
    "deleteThing is not in the notes on Example: add what it rests on and where it differs.",
  ]);
  expect(gapsOf({ notes, routes: routes.slice(1) })).toEqual([
    "listThings stands in the notes on Example, but no route is called so: take it out.",
  ]);
  expect(gapsOf({ notes, routes: [...routes, { ...route, operation: "" }] })).toContain(
    "DELETE /things/:id has no operation name: give it the vendor's.",
  );
  expect(gapsOf({ notes, routes: [...routes, { ...route, operation: "listThings" }] })).toEqual([
    "Two Example routes are called listThings: give each its own name.",
  ]);
});

test("an operation's row says how to ask for it, with which scope and what it rests on", () => {
  const page = supportedPage([example], []);
  expect(page).toContain("| `listThings` | `GET /things` | read | `read:things` | recorded |");
  expect(page).toContain("| `createThing` | `POST /things` | write | any good token | **assumed** |");
  expect(page).toContain("Unconfirmed:\n\n- `createThing`: The text of the refusal of a second one.");
  expect(page).toContain("Set-up: `things` of a snapshot.");
});

test("what the entries name for set-up is what a snapshot holds", async () => {
  const [auth0, okta] = await Promise.all([startTestTenant(), TestOrg.start()]);
  try {
    const held = [auth0.tenant, okta.tenant].map((tenant) => Object.keys(tenant.snapshot().collections));
    const named = notedTenants.map(({ notes }) => Object.values(notes.areas).flatMap(({ setUp }) => setUp));
    for (const [index, names] of named.entries()) expect(held[index]).toEqual(expect.arrayContaining(names));
  } finally {
    await Promise.all([auth0.close(), okta.tenant.close()]);
  }
});

test("the page lists every known difference with its reason", () => {
  const page = supportedPage(notedTenants, knownDifferences);
  for (const { reason } of knownDifferences) expect(page).toContain(reason.replaceAll("|", "\\|"));
  expect(page).toContain("## Known differences");
});

test("docs/SUPPORTED.md is as new as the routes and the notes", async () => {
  const main = join(process.cwd(), "packages/emulator-fidelity/src/ledger/main.ts");
  const { stdout } = await run(process.execPath, [main, "--check"], { encoding: "utf8" });
  expect(stdout).toBe("docs/SUPPORTED.md is up to date.\n");
});

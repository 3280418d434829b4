/**
 * Claim: `docs/SUPPORTED.md` says of every operation of both tenants what it rests on and where it differs, and is
 * as new as the routes and the notes.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { allKnownDifferences } from "../src/ledger/differences.ts";
import { gapsOf } from "../src/ledger/notes.ts";
import type { NotedTenant } from "../src/ledger/notes.ts";
import { supportedPage } from "../src/ledger/page.ts";
import { notedTenants } from "../src/ledger/tenants.ts";
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
        recorded: "listThings",
        assumed: "createThing",
        notes: { createThing: { unconfirmed: ["The text of the refusal of a second one."] } },
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

describe("what the entries name for set-up is what a snapshot holds", () => {
  const okta = TestOrg.use();

  test.each(notedTenants.map(({ notes }) => [notes.vendor, notes] as const))("%s", async (vendor, notes) => {
    const auth0 = vendor === "Auth0" ? await startTestTenant() : undefined;
    const held = Object.keys((auth0 ?? okta).tenant.snapshot().collections);
    await auth0?.close();
    expect(held).toEqual(expect.arrayContaining(Object.values(notes.areas).flatMap(({ setUp }) => setUp)));
  });
});

test("the page lists every known difference with its reason", () => {
  const page = supportedPage(notedTenants, allKnownDifferences);
  for (const { reason } of allKnownDifferences) expect(page).toContain(reason.replaceAll("|", "\\|"));
  expect(page).toContain("## Known differences");
});

test("docs/SUPPORTED.md is as new as the routes and the notes", async () => {
  const main = join(process.cwd(), "packages/emulator-fidelity/src/ledger/main.ts");
  const { stdout } = await run(process.execPath, [main, "--check"], { encoding: "utf8" });
  expect(stdout).toBe("docs/SUPPORTED.md is up to date.\n");
});

/** Who holds the lock of a stack, and whether it may be taken from them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { stateSchema } from "@ai-api-access/recovery";
import { checkState } from "../src/doctor/checks/state.ts";
import { checkLocks } from "../src/recover/locks.ts";
import { checkSameTenants } from "../src/recover/same-tenants.ts";
import { backendOf, locksOf, type Lock } from "../src/shared/stack/backend.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backend-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const NAMED = { name: "organization/p/dev", project: "p" };
/** A CLI whose stacks have an update running or not. */
const stacks = (updateInProgress?: boolean) => ({
  listStacks: () =>
    Promise.resolve([
      { name: "dev", current: false, ...(updateInProgress !== undefined && { updateInProgress }) },
    ]),
});

/** The lock of a process, as the engine writes it. */
async function lockOf(text: string): Promise<readonly Lock[]> {
  const locks = join(folder, ".pulumi/locks/organization/p/dev");
  mkdirSync(locks, { recursive: true });
  writeFileSync(join(locks, "4f0c.json"), text);
  return locksOf(stacks(), { kind: "folder", folder }, NAMED);
}

const lock = (pid: number, host = hostname()) =>
  JSON.stringify({ pid, username: "ada", hostname: host, timestamp: "2026-11-28T07:00:00.123456Z" });

/** More than any system gives. */
const NOBODY = 2 ** 30;

describe("the lock of a stack in a folder", () => {
  test.each([
    ["a process that lives", lock(process.pid), "alive"],
    ["a process that is gone", lock(NOBODY), "gone"],
    ["a process of another machine", lock(NOBODY, "another"), "elsewhere"],
    ["a process that was killed while it wrote it", "", "gone"],
  ])("is that of %s", async (_whose, text, process) => {
    expect(await lockOf(text)).toMatchObject([{ process }]);
  });

  test("says whose it is and since when", async () => {
    expect(await lockOf(lock(NOBODY, "laptop"))).toEqual([
      { holder: `ada@laptop (process ${NOBODY})`, since: "2026-11-28T07:00:00Z", process: "elsewhere" },
    ]);
  });
});

test("Pulumi Cloud tells of an update, and not whether it lives", async () => {
  expect(await locksOf(stacks(true), { kind: "cloud" }, NAMED)).toMatchObject([{ process: "elsewhere" }]);
  expect(await locksOf(stacks(false), { kind: "cloud" }, NAMED)).toEqual([]);
});

describe("recover", () => {
  const held = (process: Lock["process"]) => [{ holder: "ada@laptop (process 47)", since: "today", process }];

  test("never takes a lock from a process that lives", () => {
    for (const yes of [false, true]) {
      expect(() => {
        checkLocks(held("alive"), { stack: "dev", yes });
      }).toThrow(/locked by ada@laptop \(process 47\) since today, which is at work on this machine/);
    }
  });

  test("takes the lock of another machine only from who was asked", () => {
    expect(() => {
      checkLocks(held("elsewhere"), { stack: "dev", yes: true });
    }).toThrow(/whether it is gone cannot be seen from here/);
    checkLocks(held("elsewhere"), { stack: "dev", yes: false });
    checkLocks(held("gone"), { stack: "dev", yes: true });
  });

  test("takes no other tenant for one in which everything was deleted", () => {
    const state = stateSchema.parse({
      resources: [
        { urn: "urn:1", type: "pulumi:providers:auth0", inputs: { domain: "acme.us.auth0.com" } },
        { urn: "urn:2", type: "pulumi:providers:okta", inputs: { orgName: "acme", baseUrl: "okta.com" } },
      ],
    });
    const source = (domain: string) => ({
      values: { "auth0:domain": domain, "okta:orgName": "acme" },
      secretKeys: [],
      environment: {},
    });
    checkSameTenants(state, source("acme.us.auth0.com"));
    expect(() => {
      checkSameTenants(state, source("acme-dev.us.auth0.com"));
    }).toThrow("auth0:domain: the configuration says acme-dev.us.auth0.com, the state acme.us.auth0.com");
  });
});

describe("where a state is kept", () => {
  test.each([
    ["https://api.pulumi.com/acme", { kind: "cloud" }],
    ["s3://states", { kind: "other", url: "s3://states" }],
    ["file:///srv/states?metadata=skip", { kind: "folder", folder: "/srv/states" }],
    ["file://~/states", { kind: "folder", folder: expect.stringMatching(/^\/.*[^~]\/states$/) }],
    ["file://./states", { kind: "folder", folder: expect.stringMatching(/backend-.*\/states$/) }],
  ])("%s", async (url, backend) => {
    const asked = { workDir: folder, whoAmI: () => Promise.resolve({ user: "ada", url }) };
    expect(await backendOf(asked)).toEqual(backend);
  });
});

test("the doctor tells a lock that one waits for from one that recover frees", () => {
  const state = stateSchema.parse({});
  const holder = "ada@laptop (process 47)";
  const checks = (process: Lock["process"]) =>
    checkState({ state, locks: [{ holder, since: undefined, process }] }, undefined, "dev");
  expect(checks("alive")[0]).toMatchObject({ status: "wrong", next: "wait for it to end" });
  expect(checks("gone")[0]).toMatchObject({
    status: "wrong",
    next: "npx ai-api-access recover --stack dev",
  });
});

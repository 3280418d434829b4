/** Claim: what the local Auth0 tenant has acknowledged is still there afterwards, and it can be put back as it was. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { SharedTenant } from "./stage.ts";
import { startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";

const ADA = "auth0|64f0000000000000000000a1";

const at = new SharedTenant();

describe("a tenant in a file", () => {
  let folder: string;
  let open: TestTenant[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "auth0-tenant-"));
    open = [];
  });
  afterEach(async () => {
    for (const tenant of open) await tenant.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(): Promise<TestTenant> {
    const started = await startTestTenant({ file: join(folder, "auth0.db") });
    open.push(started);
    return started;
  }

  test("survives a restart, on another port too, with its credentials", async () => {
    const first = await start();
    const { management } = first.tenant;
    const body = { name: "lasting", metadata: { plan: "pro" } };
    const created = await first.expectOk("POST", "/organizations", body);
    await open.pop()?.close();
    const second = await start();
    expect(second.tenant.management).toEqual(management);
    expect(await second.expectOk("GET", `/organizations/${String(created.id)}`)).toEqual(created);
    const identifier = `${second.tenant.origin}/api/v2/`;
    const api = await second.expectOk("GET", `/resource-servers/${encodeURIComponent(identifier)}`);
    expect(api).toMatchObject({ identifier });
  });

  test("has written a request before it answers it, so that a kill loses nothing", async () => {
    const { id } = await (await start()).expectOk("POST", "/roles", { name: "lasting" });
    // The first is still open: whatever it had not written would be missing here, as after a kill.
    const role = await (await start()).expectOk("GET", `/roles/${String(id)}`);
    expect(role).toMatchObject({ name: "lasting" });
  });

  test("refuses a port that is taken, with what to do", async () => {
    const again = startTestTenant({ port: at.target.tenant.port });
    await expect(again).rejects.toThrow(/is taken.*choose another port/);
  });
});

describe("a tenant", () => {
  test("has from the start what a new one of the vendor has, five people and a management client", async () => {
    const list = async (path: string) => (await at.target.call("GET", `/api/v2${path}`)).body;
    const connection = { name: "Username-Password-Authentication", strategy: "auth0" };
    expect(await list("/connections")).toMatchObject([connection]);
    expect(await list("/users?sort=email:1&fields=name,user_id")).toMatchObject([
      { name: "Ada Lovelace", user_id: ADA },
      { name: "Alan Turing" },
      { name: "Barbara Liskov" },
      { name: "Edsger Dijkstra" },
      { name: "Grace Hopper" },
    ]);
    expect(await list("/clients?is_global=true")).toMatchObject([{ name: "All Applications" }]);
    expect(await list("/clients?is_global=false")).toHaveLength(2);
    const api = { name: "Auth0 Management API", is_system: true };
    expect(await list("/resource-servers")).toMatchObject([api]);
    for (const empty of ["/organizations", "/roles", "/custom-domains"]) {
      expect(await list(empty)).toEqual([]);
    }
  });

  test("says what it is, and goes back to what it was when it was new", async () => {
    const { target } = at;
    const what = await target.call("GET", "/_twin", undefined, { authorization: null });
    const note = expect.stringContaining("stand-in");
    expect(what.body).toMatchObject({ twin: "auth0", pid: process.pid, note });
    const before = target.tenant.snapshot();
    await target.expectOk("POST", "/organizations", { name: "passing" });
    await target.expectOk("PATCH", "/tenants/settings", { friendly_name: "Renamed" });
    await target.expectOk("DELETE", `/users/${encodeURIComponent(ADA)}`);
    expect(target.tenant.snapshot()).not.toEqual(before);
    expect((await target.call("POST", "/_twin/reset")).status).toBe(204);
    expect(target.tenant.snapshot()).toEqual(before);
  });

  test("gives all it holds as a snapshot, which another tenant can take over", async () => {
    const [one, other] = [at.target, await startTestTenant()];
    try {
      const members = `/organizations/${await at.newId("/organizations", { name: "moving" })}/members`;
      await one.expectOk("POST", members, { members: [ADA] });
      const { body } = await one.call("GET", "/_twin/snapshot");
      expect((await other.call("PUT", "/_twin/snapshot", body)).status).toBe(204);
      expect(other.tenant.snapshot()).toEqual(one.tenant.snapshot());
      const authorization = `Bearer ${one.tenant.management.apiToken}`;
      const listed = await other.call("GET", `/api/v2${members}`, undefined, { authorization });
      expect(listed.body).toMatchObject([{ name: "Ada Lovelace" }]);
    } finally {
      await other.close();
    }
  });

  test("takes no orders from web pages, and answers to no other name", async () => {
    const page = { headers: { origin: "https://evil.example" } };
    expect((await at.target.call("POST", "/_twin/reset", undefined, page)).status).toBe(403);
    const rebound = { headers: { host: `evil.example:${String(at.target.tenant.port)}` } };
    expect((await at.target.call("GET", "/_twin/snapshot", undefined, rebound)).status).toBe(421);
  });
});

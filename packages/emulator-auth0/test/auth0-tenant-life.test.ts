/** Claim: what the local Auth0 tenant has acknowledged is still there afterwards, and it can be put back as it was. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "auth0-tenant-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("a tenant in a file", () => {
  test("survives a restart, on another port too, with its credentials", async () => {
    const file = join(folder, "auth0.db");
    const first = await startTestTenant({ file });
    const { management } = first.tenant;
    const created = await first.expectOk("POST", "/organizations", {
      name: "lasting",
      metadata: { plan: "pro" },
    });
    await first.close();
    const second = await startTestTenant({ file });
    try {
      expect(second.tenant.management).toEqual(management);
      expect(await second.expectOk("GET", `/organizations/${String(created.id)}`)).toEqual(created);
      const identifier = encodeURIComponent(`${second.tenant.origin}/api/v2/`);
      expect(await second.expectOk("GET", `/resource-servers/${identifier}`)).toMatchObject({
        identifier: `${second.tenant.origin}/api/v2/`,
      });
    } finally {
      await second.close();
    }
  });

  test("has written a request before it answers it, so that a kill loses nothing", async () => {
    const file = join(folder, "auth0.db");
    const first = await startTestTenant({ file });
    const { id } = await first.expectOk("POST", "/roles", { name: "lasting" });
    // The first is still open: whatever it had not written would be missing here, as after a kill.
    const second = await startTestTenant({ file });
    try {
      expect(await second.expectOk("GET", `/roles/${String(id)}`)).toMatchObject({ name: "lasting" });
    } finally {
      await second.close();
      await first.close();
    }
  });

  test("refuses a port that is taken, with what to do", async () => {
    const first = await startTestTenant();
    const { startAuth0Tenant } = await import("../src/index.ts");
    const { makeTls } = await import("@ai-api-access/testing/tls.ts");
    const again = startAuth0Tenant({ file: ":memory:", port: first.tenant.port, tls: await makeTls() });
    try {
      await expect(again).rejects.toThrow(/is taken.*choose another port/);
    } finally {
      await first.close();
    }
  });
});

describe("a tenant", () => {
  test("is born with the vendor's first-day things, five people and a management client", async () => {
    const target = await startTestTenant();
    try {
      const list = async (path: string) => (await target.call("GET", `/api/v2${path}`)).body;
      expect(await list("/connections")).toMatchObject([
        { name: "Username-Password-Authentication", strategy: "auth0" },
      ]);
      expect(await list("/users?sort=email:1&fields=name,user_id")).toMatchObject([
        { name: "Ada Lovelace", user_id: "auth0|64f0000000000000000000a1" },
        { name: "Alan Turing" },
        { name: "Barbara Liskov" },
        { name: "Edsger Dijkstra" },
        { name: "Grace Hopper" },
      ]);
      const names = [list("/clients?is_global=true"), list("/clients?is_global=false")];
      expect(await names[0]).toMatchObject([{ name: "All Applications" }]);
      expect(await names[1]).toHaveLength(2);
      expect(await list("/resource-servers")).toMatchObject([
        { name: "Auth0 Management API", is_system: true },
      ]);
      for (const empty of ["/organizations", "/roles", "/custom-domains"])
        expect(await list(empty)).toEqual([]);
    } finally {
      await target.close();
    }
  });

  test("says what it is, and goes back to its birth", async () => {
    const target = await startTestTenant();
    try {
      const what = await target.call("GET", "/_twin", undefined, { authorization: null });
      expect(what.body).toMatchObject({
        twin: "auth0",
        pid: process.pid,
        note: expect.stringContaining("stand-in"),
      });
      const born = target.tenant.snapshot();
      await target.expectOk("POST", "/organizations", { name: "passing" });
      await target.expectOk("PATCH", "/tenants/settings", { friendly_name: "Renamed" });
      await target.expectOk("DELETE", `/users/${encodeURIComponent("auth0|64f0000000000000000000a1")}`);
      expect(target.tenant.snapshot()).not.toEqual(born);
      expect((await target.call("POST", "/_twin/reset")).status).toBe(204);
      expect(target.tenant.snapshot()).toEqual(born);
    } finally {
      await target.close();
    }
  });

  test("gives all it holds as a snapshot, which another tenant can take over", async () => {
    const [one, other] = [await startTestTenant(), await startTestTenant()];
    try {
      const created = await one.expectOk("POST", "/organizations", { name: "moving" });
      await one.expectOk("POST", `/organizations/${String(created.id)}/members`, {
        members: ["auth0|64f0000000000000000000a1"],
      });
      const { body } = await one.call("GET", "/_twin/snapshot");
      expect((await other.call("PUT", "/_twin/snapshot", body)).status).toBe(204);
      expect(other.tenant.snapshot()).toEqual(one.tenant.snapshot());
      const authorization = `Bearer ${one.tenant.management.apiToken}`;
      const members = await other.call(
        "GET",
        `/api/v2/organizations/${String(created.id)}/members`,
        undefined,
        {
          authorization,
        },
      );
      expect(members.body).toMatchObject([{ name: "Ada Lovelace" }]);
    } finally {
      await one.close();
      await other.close();
    }
  });

  test("takes no orders from web pages, and answers to no other name", async () => {
    const target = await startTestTenant();
    try {
      const page = { headers: { origin: "https://evil.example" } };
      expect((await target.call("POST", "/_twin/reset", undefined, page)).status).toBe(403);
      const rebound = { headers: { host: `evil.example:${String(target.tenant.port)}` } };
      expect((await target.call("GET", "/_twin/snapshot", undefined, rebound)).status).toBe(421);
    } finally {
      await target.close();
    }
  });
});

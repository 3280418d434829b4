/** Claim: requests fail exactly where a rule says so, as they fail at the vendor. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { parseFaultSpec } from "../src/index.ts";
import { startTestTenant, type TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import { closing } from "@ai-api-access/testing/closing.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const closed = closing();
const okta = TestOrg.use();
let auth0: TestTenant;
beforeAll(async () => {
  auth0 = await startTestTenant();
});
afterAll(() => auth0.close());
beforeEach(() => {
  for (const tenant of [auth0.tenant, okta.tenant]) {
    tenant.faults.clear();
    tenant.clearRequests();
    tenant.reset();
  }
});

/** The fault that answers with a status. */
const answering = (status: 429 | 500 | 502 | 503 | 504) => ({ kind: "status", status }) as const;
const createRole = (name: string) => auth0.call("POST", "/api/v2/roles", { name });
const roleNames = async () => (await auth0.call("GET", "/api/v2/roles")).body;

describe("a status", () => {
  test("before the write refuses it in Auth0's words, and nothing is written", async () => {
    auth0.tenant.faults.add({ method: "POST", effect: answering(429) });
    const before = Math.floor(Date.now() / 1000);
    const { status, headers, body } = await createRole("lost");
    expect(status).toBe(429);
    expect(body).toEqual({
      statusCode: 429,
      error: "Too Many Requests",
      message: "Global limit has been reached",
      errorCode: "too_many_requests",
    });
    expect(headers).toMatchObject({ "x-ratelimit-remaining": "0" });
    expect(Number(headers["x-ratelimit-reset"])).toBeGreaterThan(before);
    expect(await roleNames()).toEqual([]);
  });

  test("after the write answers so although the write was done", async () => {
    auth0.tenant.faults.add({ method: "POST", effect: { kind: "status", status: 503, when: "after" } });
    const { status, headers, body } = await auth0.call("POST", "/api/v2/roles", "", {
      headers: { "content-type": "application/json" },
    });
    // A request that the tenant refuses itself is hit as well.
    expect([status, body === undefined]).toEqual([503, false]);
    expect(headers["content-type"]).toBe("text/html");
    expect((await createRole("kept")).status).toBe(503);
    expect(await roleNames()).toMatchObject([{ name: "kept" }]);
    expect(auth0.tenant.requests()).toMatchObject([
      { status: 503, withheld: 400, faults: [{ effect: { status: 503, when: "after" } }] },
      { status: 503, withheld: 200, body: { name: "kept" } },
      { method: "GET", status: 200 },
    ]);
    expect(auth0.tenant.requests()[2]).not.toHaveProperty("faults");
  });

  test("of each kind is what the vendors send", async () => {
    const answers = async (status: 429 | 500 | 502 | 503 | 504) => {
      for (const { faults } of [auth0.tenant, okta.tenant]) {
        faults.clear();
        faults.add({ effect: answering(status) });
      }
      const form = "grant_type=client_credentials";
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return [
        await auth0.call("GET", "/api/v2/roles"),
        await auth0.call("POST", "/oauth/token", form, { headers }),
      ].map((answer) => [answer.status, answer.body]);
    };
    expect(await answers(500)).toEqual([
      [500, { statusCode: 500, error: "Internal Server Error", message: "Internal error" }],
      [500, { error: "server_error", error_description: "Internal error" }],
    ]);
    expect((await answers(429))[1]).toEqual([
      429,
      { error: "too_many_requests", error_description: "Global limit has been reached" },
    ]);
    const limited = await okta.send("GET", "/api/v1/apps");
    expect(limited).toMatchObject({ status: 429, body: { errorCode: "E0000047" } });
    expect(limited.headers).toMatchObject({ "x-rate-limit-remaining": ["0"], date: [expect.any(String)] });
    expect(limited.headers).not.toHaveProperty("retry-after");
    await answers(500);
    expect((await okta.send("GET", "/api/v1/apps")).body).toMatchObject({ errorCode: "E0000009" });
  });

  test("hits requests, too, whose path or body the tenant would refuse", async () => {
    auth0.tenant.faults.add({ effect: answering(500) });
    expect((await auth0.call("GET", "/no/such/path")).status).toBe(500);
    const headers = { "content-type": "application/json" };
    expect((await auth0.call("POST", "/api/v2/roles", "{", { headers })).status).toBe(500);
    expect((await auth0.call("GET", "/api/v2/roles", undefined, { authorization: null })).status).toBe(500);
  });

  test("of a gateway is a page", async () => {
    auth0.tenant.faults.add({ effect: answering(502) });
    const { status, headers, body } = await auth0.call("GET", "/api/v2/roles");
    expect([status, headers["content-type"]]).toEqual([502, "text/html"]);
    expect(body).toContain("<h1>502 Bad Gateway</h1>");
  });
});

describe("a dropped connection", () => {
  test("before the write leaves nothing behind", async () => {
    auth0.tenant.faults.add({ method: "POST", count: 1, effect: { kind: "drop", when: "before" } });
    await expect(createRole("lost")).rejects.toThrow(/closed|reset|hang up/);
    expect(await roleNames()).toEqual([]);
    expect(auth0.tenant.requests()[0]).toMatchObject({
      body: { name: "lost" },
      faults: [{ effect: { kind: "drop" } }],
    });
  });

  test("after the write leaves all of it behind, also in an org of Okta", async () => {
    const drop = { method: "POST", count: 1, effect: { kind: "drop", when: "after" } } as const;
    auth0.tenant.faults.add(drop);
    okta.tenant.faults.add(drop);
    await expect(createRole("kept")).rejects.toThrow(/closed|reset|hang up/);
    expect(await roleNames()).toMatchObject([{ name: "kept" }]);
    const scopes = "/api/v1/authorizationServers/default/scopes";
    await expect(okta.send("POST", scopes, { body: { name: "ai:read" } })).rejects.toThrow(/hang up|reset/);
    expect((await okta.send("GET", scopes)).body).toContainEqual(
      expect.objectContaining({ name: "ai:read" }),
    );
    const [dropped] = auth0.tenant.requests();
    expect(dropped).toMatchObject({ withheld: 200, faults: [{ effect: { kind: "drop", when: "after" } }] });
    expect(dropped).not.toHaveProperty("status");
  });
});

test("latency delays a request and leaves its answer alone", async () => {
  auth0.tenant.faults.add({ path: "/api/v2/roles", effect: { kind: "latency", ms: 150 } });
  const order: string[] = [];
  await Promise.all([
    createRole("slow").then(({ status }) => order.push(`slow ${String(status)}`)),
    auth0.call("GET", "/api/v2/organizations").then(() => order.push("other")),
  ]);
  expect(order).toEqual(["other", "slow 200"]);
});

test("a tenant that is closed does not wait for delayed requests", async () => {
  const tenant = closed(await startTestTenant());
  tenant.tenant.faults.add({ effect: { kind: "latency", ms: 600_000 } });
  const delayed = expect(tenant.call("GET", "/api/v2/roles")).rejects.toThrow();
  while (tenant.tenant.requests().length === 0) await new Promise(setImmediate);
  await tenant.tenant.close();
  await delayed;
});

describe("a rule", () => {
  const statusOf = async (method: string, path: string) => (await auth0.call(method, path)).status;

  test("hits only its method and path, whose * is a segment and ** any rest", async () => {
    auth0.tenant.faults.add({ method: "get", path: "/api/v2/organizations/*", effect: answering(500) });
    auth0.tenant.faults.add({ path: "/api/v2/roles/**", effect: answering(503) });
    expect(await statusOf("GET", "/api/v2/organizations/org_x?fields=name")).toBe(500);
    expect(await statusOf("GET", "/api/v2/organizations")).toBe(200);
    expect(await statusOf("GET", "/api/v2/organizations/org_x/members")).toBe(404);
    expect(await statusOf("DELETE", "/api/v2/organizations/org_x")).toBe(404);
    expect(await statusOf("GET", "/api/v2/roles")).toBe(503);
    expect(await statusOf("GET", "/api/v2/roles/rol_1/users")).toBe(503);
    expect(await statusOf("GET", "/api/v2/roles.json")).toBe(501);
    expect(await statusOf("PUT", "/no/such/path")).toBe(404);
  });

  test("lets `skip` pass and hits `count`, and shows how far it is", async () => {
    const rule = { path: "/api/v2/roles", skip: 1, count: 2, effect: answering(500) };
    expect(auth0.tenant.faults.add(rule)).toMatchObject({ ...rule, seen: 0, fired: 0 });
    const seen: number[] = [];
    for (let index = 0; index < 5; index += 1) seen.push(await statusOf("GET", "/api/v2/roles"));
    expect(seen).toEqual([200, 500, 500, 200, 200]);
    expect(auth0.tenant.faults.list()).toMatchObject([{ seen: 5, fired: 2 }]);
  });

  test("with a probability hits the same requests again for the same seed", async () => {
    const draw = async (seed?: number) => {
      auth0.tenant.faults.clear();
      const added = auth0.tenant.faults.add({ probability: 0.5, effect: answering(500), seed });
      const seen: number[] = [];
      for (let index = 0; index < 24; index += 1) seen.push(await statusOf("GET", "/api/v2/roles"));
      return { added, seen };
    };
    const first = await draw();
    expect(new Set(first.seen)).toEqual(new Set([200, 500]));
    expect((await draw(first.added.seed)).seen).toEqual(first.seen);
    expect((await draw(((first.added.seed ?? 0) + 1) % 2 ** 32)).seen).not.toEqual(first.seen);
  });
});

describe("faults from outside", () => {
  test("are set, shown and cleared by the admin endpoint, which no fault hits", async () => {
    auth0.tenant.faults.add({ effect: answering(500) });
    const rule = { method: "POST", effect: { kind: "drop", when: "after" } };
    expect(await auth0.call("POST", "/_twin/faults", rule)).toMatchObject({ status: 201, body: rule });
    expect((await auth0.call("GET", "/_twin/faults")).body).toMatchObject([{ seen: 0 }, rule]);
    const wrong = await auth0.call("POST", "/_twin/faults", { effect: { kind: "status", status: 418 } });
    expect(wrong).toMatchObject({ status: 400, body: { message: expect.stringMatching(/status/) } });
    expect((await auth0.call("DELETE", "/_twin/faults")).status).toBe(204);
    expect(auth0.tenant.faults.list()).toEqual([]);
  });

  test("are set at the start", async () => {
    const org = await TestOrg.start({ faults: [{ effect: answering(500) }] });
    closed(org.tenant);
    expect((await org.send("GET", "/api/v1/apps")).status).toBe(500);
  });
});

describe("a fault in words", () => {
  test("says all that a rule says", () => {
    expect(parseFaultSpec("POST /api/v2/organizations/** 503 after skip=2 count=1")).toEqual({
      method: "POST",
      path: "/api/v2/organizations/**",
      skip: 2,
      count: 1,
      effect: { kind: "status", status: 503, when: "after" },
    });
    expect(parseFaultSpec("* drop probability=0.1 seed=7")).toEqual({
      probability: 0.1,
      seed: 7,
      effect: { kind: "drop", when: "before" },
    });
    expect(parseFaultSpec("latency=500")).toEqual({ effect: { kind: "latency", ms: 500 } });
  });

  test.each([
    ["POST /api/v2/roles", /does not say what happens/],
    ["503 sometimes", /"sometimes" is none of its words/],
    ["418", /status/i],
    ["503 drop", /kind twice/],
    ["503 count=few", /count/],
    ["latency=5 after", /when/],
  ])("that cannot be read (%s) is refused with the reason and an example", (spec, reason) => {
    expect(() => parseFaultSpec(spec)).toThrow(reason);
    expect(() => parseFaultSpec(spec)).toThrow(/For example: 'POST /);
  });
});

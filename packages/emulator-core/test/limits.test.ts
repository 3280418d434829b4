/** Claim: with limits on, a tenant takes as many requests as the vendor does, and says so as the vendor does. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { parseLimit } from "../src/index.ts";
import { startTestTenant, type TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

/** A time at which a second begins: 2026-01-01T00:00:00Z. */
const START = 1_767_225_600_000;
let now = START;
const clock = () => now;
const seconds = (after: number) => String(START / 1000 + after);

beforeEach(() => {
  now = START;
});

describe("an Auth0 tenant", () => {
  let auth0: TestTenant;
  beforeAll(async () => {
    auth0 = await startTestTenant({ clock });
  });
  beforeEach(() => {
    auth0.tenant.reset();
    auth0.tenant.limits.set({ plan: "off" });
  });
  afterAll(() => auth0.close());

  const roles = async (method = "GET") => {
    const sent = method === "GET" ? undefined : { name: "x" };
    const { status, headers, body } = await auth0.call(method, "/api/v2/roles", sent);
    const { "x-ratelimit-remaining": remaining, "x-ratelimit-reset": reset } = headers;
    return { status, limit: headers["x-ratelimit-limit"], remaining, reset, body };
  };

  test("takes all requests at first, under headers as the enterprise plan has them", async () => {
    for (let index = 0; index < 60; index += 1) {
      expect(await roles()).toMatchObject({ status: 200, limit: "50", remaining: "49", reset: seconds(1) });
    }
  });

  test("on the free plan takes two requests at once and two a second after that", async () => {
    auth0.tenant.limits.set({ plan: "free" });
    expect(await roles()).toMatchObject({ status: 200, limit: "2", remaining: "1", reset: seconds(1) });
    expect(await roles()).toMatchObject({ status: 200, remaining: "0" });
    const refused = await roles("POST");
    expect(refused).toMatchObject({ status: 429, limit: "2", remaining: "0", reset: seconds(1) });
    expect(refused.body).toEqual({
      statusCode: 429,
      error: "Too Many Requests",
      message: "Global limit has been reached",
      errorCode: "too_many_requests",
    });
    now += 499;
    expect((await roles()).status).toBe(429);
    now += 1;
    expect(await roles()).toMatchObject({ status: 200, remaining: "0", body: [] });
    expect((await roles()).status).toBe(429);
    now += 60_000;
    expect(await roles()).toMatchObject({ status: 200, remaining: "1" });
  });

  test("has a request in hand when the time in x-ratelimit-reset has come", async () => {
    auth0.tenant.limits.set({ rate: 0.3, burst: 1 });
    await roles();
    for (let index = 0; index < 5; index += 1) {
      const { status, reset } = await roles();
      expect(status).toBe(429);
      now = Number(reset) * 1000;
      expect((await roles()).status).toBe(200);
    }
  });

  test("counts the Authentication API apart, and words its refusal as OAuth does", async () => {
    auth0.tenant.limits.set({ plan: "free" });
    const token = () =>
      auth0.call("POST", "/oauth/token", { grant_type: "client_credentials" }, { authorization: null });
    const first = await token();
    expect(first.status).not.toBe(429);
    expect(first.headers).toMatchObject({ "x-ratelimit-limit": "30", "x-ratelimit-remaining": "29" });
    for (let index = 1; index < 30; index += 1) await token();
    expect(await token()).toMatchObject({ status: 429, body: { error: "too_many_requests" } });
    expect((await roles()).status).toBe(200);
  });

  test("on the enterprise plan limits the API as a whole, and some endpoints more", async () => {
    auth0.tenant.limits.set({ plan: "enterprise" });
    const create = async (name: string) => await auth0.call("POST", "/api/v2/organizations", { name });
    for (let index = 0; index < 5; index += 1) expect((await create(`o${String(index)}`)).status).toBe(201);
    const refused = await create("o5");
    expect(refused).toMatchObject({ status: 429, headers: { "x-ratelimit-limit": "5" } });
    expect(await roles()).toMatchObject({ status: 200, limit: "50", remaining: "43" });
    // 150 a minute, added each second.
    now += 999;
    expect((await create("o6")).status).toBe(429);
    now += 1;
    expect((await create("o6")).status).toBe(201);
  });

  test("counts by its own clock, which is the one of its Date header", async () => {
    const { headers } = await auth0.call("GET", "/api/v2/roles");
    expect(headers.date).toBe("Thu, 01 Jan 2026 00:00:00 GMT");
  });

  test("is limited, shown and freed by the admin endpoint, which is not limited itself", async () => {
    expect((await auth0.call("GET", "/_twin/limits")).body).toEqual({ plan: "off" });
    const limit = { rate: 1, burst: 1 };
    expect((await auth0.call("PUT", "/_twin/limits", limit)).status).toBe(204);
    expect([(await roles()).status, (await roles()).status]).toEqual([200, 429]);
    expect((await auth0.call("GET", "/_twin/limits")).body).toEqual(limit);
    expect(await auth0.call("PUT", "/_twin/limits", { plan: "gold" })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('"free" or "enterprise"') },
    });
    expect((await auth0.call("PUT", "/_twin/limits", { plan: "off" })).status).toBe(204);
    expect((await roles()).status).toBe(200);
  });
});

describe("an Okta org", () => {
  const org = TestOrg.use({ clock });
  const window = (limit: number, remaining: number, reset: string) => ({
    "x-rate-limit-limit": [String(limit)],
    "x-rate-limit-remaining": [String(remaining)],
    "x-rate-limit-reset": [reset],
  });

  test("has a window of a minute for each family of endpoints", async () => {
    org.tenant.limits.set({ plan: "free" });
    const apps = () => org.send("GET", "/api/v1/apps");
    expect((await apps()).headers).toMatchObject(window(20, 19, seconds(60)));
    now += 30_000;
    for (let index = 1; index < 20; index += 1) expect((await apps()).status).toBe(200);
    expect(await apps()).toMatchObject({
      status: 429,
      headers: { ...window(20, 0, seconds(60)), date: [new Date(now).toUTCString()] },
      body: {
        errorCode: "E0000047",
        errorSummary: "API call exceeded rate limit due to too many requests.",
      },
    });
    expect((await org.send("GET", "/api/v1/groups")).headers).toMatchObject(window(100, 99, seconds(90)));
    now += 29_999;
    expect((await apps()).status).toBe(429);
    now += 1;
    expect((await apps()).headers).toMatchObject(window(20, 19, seconds(120)));
  });

  test("does not limit public metadata", async () => {
    org.tenant.limits.set({ plan: "free" });
    const server = "/oauth2/default";
    const documents = ["/oauth2/v1/keys", `${server}/v1/keys`, `${server}/.well-known/openid-configuration`];
    for (const path of documents) {
      const { status, headers } = await org.send("GET", path);
      expect([status, "x-rate-limit-limit" in headers]).toEqual([200, false]);
    }
    const token = await org.send("POST", `${server}/v1/token`);
    expect(token.headers).toMatchObject(window(300, 299, seconds(60)));
  });

  test("gives an enterprise more", async () => {
    org.tenant.limits.set({ plan: "enterprise" });
    const headersOf = async (path: string) => (await org.send("GET", path)).headers;
    expect(await headersOf("/api/v1/apps")).toMatchObject(window(100, 99, seconds(60)));
    expect(await headersOf("/api/v1/users/me")).toMatchObject(window(1000, 999, seconds(60)));
  });

  test("is limited from the start where it is started so", async () => {
    const limited = await TestOrg.start({ clock, limits: { plan: "free" } });
    expect((await limited.send("GET", "/api/v1/apps")).headers).toMatchObject(window(20, 19, seconds(60)));
    await limited.tenant.close();
  });
});

test("a limit in words is a plan, off, or a rate with a burst; all else is refused with an example", () => {
  expect(parseLimit("free")).toEqual({ plan: "free" });
  expect(parseLimit("off")).toEqual({ plan: "off" });
  expect(parseLimit("2.5/10")).toEqual({ rate: 2.5, burst: 10 });
  for (const wrong of ["gold", "5", "0/5", "2/0", "-1/3", ""]) {
    expect(() => parseLimit(wrong)).toThrow(/For example: 2\/10/);
  }
});

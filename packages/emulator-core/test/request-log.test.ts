/** Claim: a tenant shows its requests, without secrets, and in bounded memory. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { maskedUrl } from "../src/http/masking.ts";
import { RequestLog } from "../src/index.ts";
import { records, startTestTenant, type TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";

let now = Date.parse("2026-01-01T00:00:00Z");
let target: TestTenant;

beforeAll(async () => {
  target = await startTestTenant({ clock: () => now });
});
afterAll(() => target.close());
beforeEach(() => {
  target.tenant.clearRequests();
});

const asked = async (query: string) =>
  records((await target.call("GET", `/_twin/requests?${query}`)).body).map(
    ({ method, path }) => `${String(method)} ${String(path)}`,
  );

test("it can be asked by method, path and time, and forgets on request", async () => {
  await target.call("GET", "/api/v2/roles?per_page=5");
  await target.call("POST", "/api/v2/roles", { name: "x" });
  now += 60_000;
  await target.call("GET", "/api/v2/organizations/org_1/members");
  expect(await asked("")).toHaveLength(3);
  expect(await asked("method=post")).toEqual(["POST /api/v2/roles"]);
  expect(await asked("path=per_page")).toEqual(["GET /api/v2/roles?per_page=5"]);
  expect(await asked("path=/api/v2/roles&method=GET")).toEqual(["GET /api/v2/roles?per_page=5"]);
  expect(await asked("path=/api/v2/organizations/*/members")).toHaveLength(1);
  expect(await asked("path=/api/*/roles")).toHaveLength(2);
  expect(await asked("since=2026-01-01T01:01:00%2B01:00")).toEqual([
    "GET /api/v2/organizations/org_1/members",
  ]);
  expect(target.tenant.requests({ method: "POST" })).toHaveLength(1);
  expect(await target.call("GET", "/_twin/requests?since=yesterday")).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining("since") },
  });
  expect(await target.call("GET", "/_twin/requests?status=200")).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining("status") },
  });
  expect((await target.call("DELETE", "/_twin/requests")).status).toBe(204);
  expect(await asked("")).toEqual([]);
});

describe("secrets are masked", () => {
  const SECRET = "do-not-show";
  const PEM = `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----`;
  const JWT = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.${SECRET}`;

  test.each([
    ["password", SECRET],
    ["client_secret", SECRET],
    ["clientSecret", SECRET],
    ["client_assertion", SECRET],
    ["assertion", SECRET],
    ["refresh_token", SECRET],
    ["subject_token", SECRET],
    ["token", SECRET],
    ["code", SECRET],
    ["whatever", PEM],
    ["whatever", JWT],
  ])("in %s, in bodies, forms and queries, and the name stays", async (name, secret) => {
    await target.call("POST", "/api/v2/users", { deep: [{ [name]: secret }] });
    const form = new URLSearchParams({ [name]: secret, grant_type: "x" }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    await target.call("POST", "/oauth/token", form, { headers });
    await target.call("GET", `/authorize?${form}`);
    await target.call("GET", `/authorize?${form.replace(/^[^=]+/, (key) => key.replace("s", "%73"))}`);
    const log = target.tenant.requests();
    expect(log).toHaveLength(4);
    expect(JSON.stringify(log)).not.toContain(SECRET);
    expect(log[0]?.body).toEqual({ deep: [{ [name]: "***" }] });
    expect(log[1]?.body).toEqual({ [name]: "***", grant_type: "x" });
    expect(log[2]?.path).toBe(`/authorize?${name}=***&grant_type=x`);
  });

  test("in what holds secrets under names of one's own, and in private keys, of which the public part stays", async () => {
    const key = { kty: "RSA", n: "public", e: "AQAB", d: SECRET, p: SECRET };
    const options = { configuration: { apiKeyOfMine: SECRET }, strategy_version: 2 };
    const credentials = { password: { value: SECRET }, recovery_question: { question: "?", answer: SECRET } };
    await target.call("POST", "/api/v2/connections", { options, credentials, jwks: { keys: [key] } });
    const [logged] = target.tenant.requests();
    expect(logged?.body).toEqual({
      options: { configuration: "***", strategy_version: 2 },
      credentials: { password: "***", recovery_question: "***" },
      jwks: { keys: [{ kty: "RSA", n: "public", e: "AQAB", d: "***", p: "***" }] },
    });
  });

  test("in a URL of nothing but question marks too, in time that grows with its length alone", () => {
    const url = `/authorize${"?".repeat(300_000)}`;
    expect(maskedUrl(`${url}code=${SECRET}`)).toBe(`${url}code=***`);
  });

  test("and what only sounds like one is shown", async () => {
    const body = { client_secret: null, actions: { token: { accessTokenLifetimeMinutes: 60 } }, d: "no key" };
    await target.call("POST", "/api/v2/roles", body);
    expect(target.tenant.requests()[0]?.body).toEqual(body);
  });
});

describe("memory is bounded", () => {
  const clock = () => 0;

  test("by the number of requests: the last 10,000 are kept", () => {
    const log = new RequestLog(clock);
    for (let index = 0; index < 35_000; index += 1) log.open("GET", `/${String(index)}`);
    const kept = log.list();
    expect([kept.length, kept[0]?.path, kept.at(-1)?.path]).toEqual([10_000, "/25000", "/34999"]);
  });

  test("by the length of one body", () => {
    const log = new RequestLog(clock);
    log.open("POST", "/").body({ long: "x".repeat(70_000) });
    expect(log.list()[0]?.body).toMatch(/^\(\d+ characters: too long for the log\)$/);
  });

  test("by the length of all together: the oldest go first", () => {
    const log = new RequestLog(clock);
    for (let index = 0; index < 2_000; index += 1)
      log.open("POST", `/${String(index)}`).body({ text: "x".repeat(20_000) });
    const kept = log.list();
    expect(JSON.stringify(kept).length).toBeLessThan(17 * 1024 * 1024);
    expect(kept.length).toBeGreaterThan(300);
    expect(kept.at(-1)?.path).toBe("/1999");
  });
});

/** Claim: who runs the tenants can see and steer them, and nobody else can. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startTestTenant, type TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const okta = TestOrg.use({ adminToken: "chosen" });
let auth0: TestTenant;
beforeAll(async () => {
  auth0 = await startTestTenant();
});
afterAll(() => auth0.close());

test.each([
  ["GET", "/requests"],
  ["DELETE", "/requests"],
  ["POST", "/reset"],
  ["GET", "/snapshot"],
  ["PUT", "/snapshot"],
  ["GET", "/marks"],
  ["POST", "/keys-after"],
  ["GET", "/faults"],
  ["POST", "/faults"],
  ["DELETE", "/faults"],
  ["GET", "/no-such-endpoint"],
])("%s /_twin%s wants the admin token; no token of the vendor's will do", async (method, path) => {
  const ask = (authorization: string | null) =>
    auth0.call(method, `/_twin${path}`, undefined, { authorization });
  const { management, adminToken } = auth0.tenant;
  for (const wrong of [null, `Bearer ${management.apiToken}`, `Bearer ${adminToken}x`, adminToken]) {
    expect(await ask(wrong)).toMatchObject({
      status: 401,
      body: { message: expect.stringMatching(/admin token/) },
    });
  }
  expect((await ask(`Bearer ${adminToken}`)).status).not.toBe(401);
});

test("anybody may ask what a tenant is", async () => {
  const asked = { authorization: null };
  expect(await okta.send("GET", "/_twin", asked)).toMatchObject({
    status: 200,
    body: { twin: "okta", pid: process.pid, note: expect.stringContaining("stand-in") },
  });
  expect((await okta.send("GET", "/_twin?x=/requests", asked)).status).toBe(200);
});

test.each(["auth0", "okta"])("anybody may ask whether the %s tenant can work", async (twin) => {
  const asked = { authorization: null };
  const answer =
    twin === "auth0"
      ? await auth0.call("GET", "/_twin/health", undefined, asked)
      : await okta.send("GET", "/_twin/health", asked);
  expect(answer).toMatchObject({ status: 200, body: { twin, status: "ok" } });
});

test("the token is chosen at the start, and none of two tenants' own is the other's", async () => {
  expect(okta.tenant.adminToken).toBe("chosen");
  expect((await okta.send("GET", "/_twin/requests")).status).toBe(200);
  expect(auth0.tenant.adminToken).toMatch(/^[\w-]{43}$/);
});

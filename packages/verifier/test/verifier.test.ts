/** Which tokens the verifier lets in, and which caller it makes of them. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createVerifier } from "../index.ts";
import type { Fields } from "../testing/index.ts";
import { withToken, serve, stopClock, type Served } from "./support/served.ts";

const VENDORS = ["auth0", "okta"] as const;
const BOTH = ["ai:read", "ai:write"];

let api: Served;
beforeAll(async () => {
  stopClock();
  api = await serve();
});
afterAll(() => api.close());

test.each(VENDORS)("a good token of %s reads and writes", async (vendor) => {
  const request = withToken(api.makerFor(vendor).token());
  expect((await api.ask(request)).status).toBe(200);
  expect((await api.ask({ ...request, method: "POST" })).status).toBe(200);
});

test.each(VENDORS)("a token of %s that allows reading alone reads, and does not write", async (vendor) => {
  const request = withToken(api.makerFor(vendor).token({ permissions: ["ai:read"], scp: ["ai:read"] }));
  expect((await api.ask(request)).status).toBe(200);
  const refused = await api.ask({ ...request, method: "POST" });
  expect(refused.status).toBe(403);
  expect(refused.headers["www-authenticate"]).toContain('error="insufficient_scope"');
  expect(refused.headers["www-authenticate"]).toContain('scope="ai:read ai:write"');
});

test("a good token says whose it is", async () => {
  expect(await api.verify(api.makerFor("auth0").token())).toMatchObject({
    vendor: "auth0",
    subject: "auth0|64f0000000000000000000a1",
    permissions: BOTH,
  });
  expect(await api.verify(api.makerFor("okta").token())).toMatchObject({
    vendor: "okta",
    subject: api.issuers.config.okta.clientId,
    permissions: BOTH,
  });
});

test("a caller is of the organization of the token, where the verifier knows several", async () => {
  const { organizationId: acme, ...auth0 } = api.issuers.config.auth0;
  const globex = "org_AnotherCustomer1";
  const verify = createVerifier({
    ...api.issuers.config,
    auth0: { ...auth0, organizations: { acme, globex } },
  });
  const { token } = api.makerFor("auth0");
  expect((await verify(token())).organization).toEqual({ id: acme, name: "acme" });
  expect((await verify(token({ org_id: globex }))).organization).toEqual({ id: globex, name: "globex" });
  await expect(verify(token({ org_id: "globex" }))).rejects.toThrow("not valid here");
  await expect(verify(token({ org_id: "__proto__" }))).rejects.toThrow("not valid here");
  // Okta's tokens name none.
  expect((await verify(api.makerFor("okta").token())).organization).toBeUndefined();
});

test("the service app acts for the only organization, where there is one", async () => {
  const { auth0, okta } = api.issuers.config;
  const verify = createVerifier({ auth0: { ...auth0, organizationName: "acme" }, okta });
  const acme = { id: auth0.organizationId, name: "acme" };
  expect((await verify(api.makerFor("okta").token())).organization).toEqual(acme);
  expect((await verify(api.makerFor("auth0").token())).organization).toEqual(acme);
});

test("without a service app no token of Okta is valid, and without an organization there is no verifier", async () => {
  const { auth0 } = api.issuers.config;
  const { issuer, audience } = auth0;
  await expect(createVerifier({ auth0 })(api.makerFor("okta").token())).rejects.toThrow("not valid here");
  expect(() => createVerifier({ auth0: { issuer, audience } })).toThrow("wants auth0.organizationId");
  expect(() => createVerifier({ auth0: { issuer, audience, organizations: {} } })).toThrow(TypeError);
});

const machine = { sub: "client@clients", azp: "client" };
interface GoodRow {
  readonly name: string;
  readonly claims?: (now: number, iss: string) => Fields;
  readonly header?: Fields;
}
test.each<GoodRow>([
  {
    name: "a person who asked for openid too",
    claims: (_, iss) => ({ aud: ["https://ai.example.com", `${iss}userinfo`] }),
  },
  {
    name: "a person of the RFC 9068 profile",
    claims: () => ({ azp: undefined, client_id: "client" }),
    header: { typ: "at+jwt" },
  },
  { name: "a person whose token names its type in full", header: { typ: "application/AT+JWT" } },
  { name: "a person at the end of the leeway", claims: (now) => ({ exp: now - 4 }) },
  { name: "a person whose issuer's clock is ahead", claims: (now) => ({ iat: now + 5, nbf: now + 5 }) },
  { name: "a machine", claims: () => ({ ...machine, gty: "client-credentials" }) },
  { name: "a machine of an API without RBAC", claims: () => ({ ...machine, permissions: undefined }) },
])("a good token of Auth0 is let in for $name", async ({ claims, header }) => {
  const { issuer, token, now } = api.makerFor("auth0");
  expect((await api.verify(token(claims?.(now, issuer.issuer), header))).permissions).toEqual(BOTH);
});

test("a token of a person is good for what the application asked for, and no more", async () => {
  const { token } = api.makerFor("auth0");
  const permissionsOf = async (claims: Fields) => (await api.verify(token(claims))).permissions;
  expect(await permissionsOf({ scope: "openid ai:read" })).toEqual(["ai:read"]);
  expect(await permissionsOf({ scope: "openid" })).toEqual([]);
  expect(await permissionsOf({ scope: undefined })).toEqual([]);
  expect(await permissionsOf({ scope: "ai:read ai:write", permissions: ["ai:read"] })).toEqual(["ai:read"]);
});

test("a refused caller is told no permission that could not be asked for", async () => {
  const request = withToken(api.makerFor("okta").token({ scp: ["ai:read", 'x", realm="y', "a b"] }));
  const { headers } = await api.ask({ ...request, method: "POST" });
  expect(headers["www-authenticate"]).toMatch(/, scope="ai:read ai:write"$/);
});

test("a good token comes under Bearer in any case, and with more than one blank", async () => {
  const token = api.makerFor("okta").token();
  for (const value of [`bearer ${token}`, `BEARER   ${token}`]) {
    expect((await api.ask({ headers: ["authorization", value] })).status).toBe(200);
  }
});

/** The vendors' own verifiers refuse what the corpus has, too; where they ask for less, the row says so. */
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { badTokens } from "./corpus/index.ts";
import { serve, type Served } from "./support/served.ts";
import { vendorVerifiers, type VendorVerifiers } from "../testing/vendor-verifiers.ts";

let api: Served;
let vendors: VendorVerifiers;
beforeAll(async () => {
  // What @okta/jwt-verifier has to say of an issuer on http.
  jest.spyOn(console, "warn").mockReturnValue();
  api = await serve();
  vendors = await vendorVerifiers(api.issuers.config);
});
afterAll(async () => {
  await vendors.close();
  await api.close();
});

test("express-oauth2-jwt-bearer lets the good token of the Auth0 issuer in", async () => {
  expect(await vendors.auth0(api.makerFor("auth0").token())).toBe(200);
});

test("@okta/jwt-verifier lets the good token of the Okta issuer in", async () => {
  expect(await vendors.okta(api.makerFor("okta").token())).toBeUndefined();
});

const asked = (vendor: "auth0" | "okta") =>
  badTokens[vendor].filter(({ byASecond, breaks }) => byASecond !== true && breaks?.[vendor] === undefined);

test.each(asked("auth0"))("express-oauth2-jwt-bearer: $name", async ({ make, lenient }) => {
  const status = await vendors.auth0(make(api.makerFor("auth0")));
  expect(status).toBe(lenient?.auth0 === undefined ? 401 : 200);
});

test.each(asked("okta"))("@okta/jwt-verifier: $name", async ({ make, lenient }) => {
  const refused = await vendors.okta(make(api.makerFor("okta")));
  expect(refused === undefined).toBe(lenient?.okta !== undefined);
});

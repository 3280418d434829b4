/** Claim: what the local tenants leave in a shell leads nothing of a real stack to this machine, nor the other way round. */
import { expect, test } from "@jest/globals";
import { findConfigMistakes } from "../../../src/config/index.ts";
import { localStackWith, sourceOf } from "./stack-file.ts";

/** As `ai-api-access tenants` prints them. */
const SHELL = {
  AUTH0_DOMAIN: "localhost:4443",
  AUTH0_CLIENT_ID: "local",
  AUTH0_CLIENT_SECRET: "local",
  OKTA_ORG_NAME: "local",
  OKTA_BASE_URL: "localhost",
  OKTA_HTTP_PROXY: "http://localhost:4480",
  OKTA_API_TOKEN: "local",
};
const REAL = { "auth0:domain": "acme.us.auth0.com", "okta:orgName": "acme", "okta:baseUrl": "okta.com" };
const AUTH0_SECRET = { "auth0:clientSecret": "hunter2hunter2" };
const OKTA_SECRET = { "okta:apiToken": "00hunter2" };

function mistakes(values: Readonly<Record<string, unknown>>, environment: Readonly<Record<string, string>>) {
  const config = localStackWith({ "auth0:domain": undefined, ...values });
  const secretKeys = Object.keys({ ...AUTH0_SECRET, ...OKTA_SECRET });
  return findConfigMistakes(sourceOf(config, { secretKeys, environment })).map(({ key, got, wants }) => ({
    key,
    says: `${got}; ${wants}`,
  }));
}

const DOMAIN = "auth0:domain";
const PROXY = "okta:httpProxy";

test.each([
  [
    "a real stack",
    REAL,
    [
      {
        key: DOMAIN,
        says: /^"acme\.us\.auth0\.com", with AUTH0_DOMAIN=localhost:4443 .*; credentials of its own/,
      },
      { key: PROXY, says: /^"http:\/\/localhost:4480" \(from OKTA_HTTP_PROXY\); .* one of acme\.okta\.com$/ },
    ],
  ],
  [
    "a real stack with credentials",
    { ...REAL, ...AUTH0_SECRET, ...OKTA_SECRET },
    [{ key: PROXY, says: /one of acme\.okta\.com$/ }],
  ],
  [
    "a real stack with the org in the environment",
    { [DOMAIN]: REAL[DOMAIN], ...AUTH0_SECRET },
    [{ key: PROXY, says: /one of acme\.us\.auth0\.com$/ }],
  ],
  [
    "credentials alone",
    { ...AUTH0_SECRET, ...OKTA_SECRET },
    [
      { key: DOMAIN, says: /^"localhost:4443" \(from AUTH0_DOMAIN\); .* has credentials of its own$/ },
      { key: PROXY, says: /has credentials of its own$/ },
    ],
  ],
])("%s in a shell of the local tenants", (_, values, expected) => {
  expect(mistakes(values, SHELL)).toEqual(
    expected.map(({ key, says }) => ({ key, says: expect.stringMatching(says) })),
  );
});

test.each([
  ["a stack that says nothing of the tenants, in their shell", {}, SHELL],
  [
    "a local stack beside real tenants in the environment",
    {
      [DOMAIN]: "localhost:4443",
      "okta:orgName": "local",
      "okta:baseUrl": "localhost",
      [PROXY]: "http://localhost:4480",
    },
    { AUTH0_DOMAIN: "acme.us.auth0.com", OKTA_ORG_NAME: "acme", OKTA_BASE_URL: "okta.com" },
  ],
  [
    "a proxy that is consented to",
    { ...REAL, "ai-api-access:oktaHttpProxy": "http://proxy.example.com:8080/" },
    { OKTA_HTTP_PROXY: "http://proxy.example.com:8080" },
  ],
])("no mistake: %s", (_, values, environment) => {
  expect(mistakes(values, environment)).toEqual([]);
});

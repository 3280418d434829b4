/** Claim: options of a connection are answered by the provider's names, by which the program knows whose accounts it takes. */
import { expect, test } from "@jest/globals";
import { providerFunctions, type Reader } from "../index.ts";

const nobody: Reader = () => Promise.reject(new Error("not asked"));

test.each([
  ["a closed sign-up", { disable_signup: true }, { disableSignup: true }],
  ["the common endpoint", { useCommonEndpoint: true }, { waadCommonEndpoint: true }],
  ["an issuer", { issuer: "https://accounts.google.com" }, { issuer: "https://accounts.google.com" }],
  ["where an issuer is described", { discovery_url: "https://a.com/x" }, { discoveryUrl: "https://a.com/x" }],
])("%s", async (_, options, answered) => {
  const answer = providerFunctions.get("auth0:index/getConnection:getConnection")?.answer;
  const auth0: Reader = () => Promise.resolve([{ id: "con_1", name: "acme", strategy: "any", options }]);

  expect(await answer?.({ name: "acme" }, { auth0, okta: nobody })).toEqual({
    ...{ id: "con_1", strategy: "any" },
    options: [expect.objectContaining(answered)],
  });
});

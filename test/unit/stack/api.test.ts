/** Claim: the API is declared as `api` says. */
import { expect, test } from "@jest/globals";
import { localWith } from "./local-with.ts";
import { valuesOf } from "./registrations.ts";

const API = "auth0:index/resourceServer:ResourceServer api";

test("an API may be open to every application of the tenant; its login application keeps the grant", async () => {
  const { gone, added, changed } = await localWith({ "api.accessPolicy": "allow_all" });

  expect({ gone, added }).toEqual({ gone: [], added: [] });
  expect(changed).toHaveLength(1);
  expect(changed[0]?.inputs).toMatchObject({
    subjectTypeAuthorization: {
      user: { policy: "allow_all" },
      client: { policy: "require_client_grant" },
    },
  });
});

test("a token that lives shorter than usual does so in browsers too", async () => {
  const { changed } = await localWith({ "api.tokenLifetimeSeconds": 600 });

  expect(changed).toHaveLength(1);
  expect(changed[0]?.inputs).toMatchObject({ tokenLifetime: 600, tokenLifetimeForWeb: 600 });
});

test.each([
  [{ mechanism: "none" }, { disable: true }, undefined],
  [{ mechanism: "dpop" }, { mechanism: "dpop", required: false }, undefined],
  [
    { mechanism: "dpop", requiredFor: "public_clients" },
    { mechanism: "dpop", required: true, requiredFor: "public_clients" },
    undefined,
  ],
  [
    { mechanism: "dpop", requiredFor: "all_clients" },
    { mechanism: "dpop", required: true, requiredFor: "all_clients" },
    "required",
  ],
])("proofs of possession as %j are sent as %j, and the API is told: %s", async (given, sent, told) => {
  const { run } = await localWith({ "api.proofOfPossession": given });
  const server = run.registrations.find(({ resource }) => resource === API);
  expect(server?.inputs).toMatchObject({ proofOfPossession: sent });
  const auth0 =
    told === undefined
      ? expect.not.objectContaining({ proofOfPossession: expect.anything() })
      : { proofOfPossession: told };
  expect(await valuesOf(run.outputs)).toMatchObject({ appConfig: { auth0 } });
});

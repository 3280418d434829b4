/** Client secrets and keys of the local Okta org as things of their own: their lives, and what is refused in Okta's words. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { addClient, addSigningClient, newSigner } from "@ai-api-access/testing/okta-oauth.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

let org: TestOrg;
beforeAll(async () => {
  org = await TestOrg.start();
});
afterAll(() => org.tenant.close());

const withId = z.object({ id: z.string() });

/** Expects 400 E0000001 about `what`, with exactly this cause. */
async function expectRefusal(method: string, path: string, body: unknown, what: string, cause: string) {
  expect(await org.send(method, path, { body })).toMatchObject({
    status: 400,
    body: {
      errorCode: "E0000001",
      errorSummary: `Api validation failed: ${what}`,
      errorCauses: [{ errorSummary: cause }],
    },
  });
}

describe("keys", () => {
  const first = newSigner("first");
  const second = newSigner("second", "RSA");
  let path: string;
  beforeAll(async () => {
    const client = await addSigningClient(org, first);
    path = `/api/v1/apps/${client.id}/credentials/jwks`;
  });

  const list = async () =>
    z
      .object({ keys: z.array(z.looseObject({ id: z.string(), kid: z.string(), status: z.string() })) })
      .parse((await org.send("GET", path)).body).keys;

  test("come, are turned off and on, and go", async () => {
    const added = await org.send("POST", path, { body: { ...second.jwk, use: "sig", alg: "RS256" } });
    expect(added).toMatchObject({
      status: 201,
      body: {
        id: expect.stringMatching(/^pks/),
        kid: "second",
        kty: "RSA",
        use: "sig",
        alg: "RS256",
        status: "ACTIVE",
        created: expect.any(String),
        _links: { deactivate: { hints: { allow: ["POST"] } } },
      },
    });
    const { id } = withId.parse(added.body);
    expect((await list()).map(({ kid }) => kid)).toEqual(["first", "second"]);
    const off = await org.send("POST", `${path}/${id}/lifecycle/deactivate`);
    expect(off).toMatchObject({
      status: 200,
      body: { status: "INACTIVE", _links: { activate: {}, delete: {} } },
    });
    expect((await org.send("GET", `${path}/${id}`)).body).toEqual(off.body);
    expect(await org.send("POST", `${path}/${id}/lifecycle/activate`)).toMatchObject({
      status: 200,
      body: { status: "ACTIVE" },
    });
    await org.send("POST", `${path}/${id}/lifecycle/deactivate`);
    expect((await org.send("DELETE", `${path}/${id}`)).status).toBe(204);
    expect(await list()).toHaveLength(1);
  });

  test("are refused without a name of their own, when too short, and with a private part", async () => {
    const key = { ...newSigner("first").jwk };
    await expectRefusal("POST", path, key, "JsonWebKey", "All keys in the 'jwks' must have a unique kid.");
    await expectRefusal(
      "POST",
      path,
      { ...key, kid: undefined },
      "JsonWebKey",
      "Each key should have a unique kid when adding multiple keys. Use the Apps API to update the JWKS to add a kid " +
        "for the existing key, or delete the existing key and re-add the key with a kid using the JWKS APIs.",
    );
    await expectRefusal(
      "POST",
      path,
      { kty: "RSA", kid: "short", e: "AQAB", n: "tj4rjMvXbJgyeCTlWq0OI7f_8iK1c3pXlE0DaFbOySB0" },
      "JsonWebKey",
      "RSA key length in the 'jwks' is less than '2,048' bits for the given key.",
    );
    await org.expectRefusal("POST", path, { ...key, kid: "x", d: "private" }, "body", /private members d$/);
  });

  test("stay while they are in use: an active one, the only active one of a client that signs", async () => {
    const [only] = await list();
    await expectRefusal(
      "POST",
      `${path}/${String(only?.id)}/lifecycle/deactivate`,
      undefined,
      "JsonWebKey",
      "Can't deactivate the only active JSON Web Key when the value for ''token_endpoint_auth_method'' is ''private_key_jwt''.",
    );
    await expectRefusal(
      "DELETE",
      `${path}/${String(only?.id)}`,
      undefined,
      "JsonWebKey",
      "You can't delete an active JSON Web key. Deactivate the key before deleting it.",
    );
    expect(await org.send("GET", `${path}/pksNothing`)).toMatchObject({
      status: 404,
      body: { errorSummary: "Not found: Resource not found: pksNothing (JsonWebKey)" },
    });
  });

  test("are at most 50", async () => {
    const client = await addSigningClient(
      org,
      ...Array.from({ length: 50 }, (_, index) => ({
        ...first,
        jwk: { ...first.jwk, kid: `k${String(index)}` },
      })),
    );
    await expectRefusal(
      "POST",
      `/api/v1/apps/${client.id}/credentials/jwks`,
      first.jwk,
      "OAuth2ClientSecretMediated",
      "You can't create a new key. You have reached the maximum number of keys allowed (50). To add another key, you must first delete an existing one.",
    );
  });
});

describe("secrets", () => {
  const secretsOf = async (changes: Parameters<typeof addClient>[1] = {}) =>
    `/api/v1/apps/${(await addClient(org, changes)).id}/credentials/secrets`;

  test.each([
    [
      "longer than 100 characters",
      "client_secret_post",
      "x".repeat(101),
      "cannot be more than '100' characters long.",
    ],
    [
      "shorter than 14 characters",
      "client_secret_post",
      "x".repeat(13),
      "must be at least '14' characters long.",
    ],
    [
      "shorter than 32 characters for a client that signs with it",
      "client_secret_jwt",
      "x".repeat(31),
      "must be at least '32' characters long when 'token_endpoint_auth_method' is 'client_secret_jwt'.",
    ],
  ])("%s are refused", async (_, token_endpoint_auth_method, client_secret, cause) => {
    const path = await secretsOf({ credentials: { token_endpoint_auth_method } });
    const text = `client_secret: 'client_secret' ${cause}`;
    await expectRefusal("POST", path, { client_secret }, "client_secret", text);
  });

  test("of other characters than printable ASCII are refused", async () => {
    await expectRefusal(
      "POST",
      await secretsOf(),
      { client_secret: "a secret with an ä in it" },
      "client_secret",
      "client_secret: ''client_secret'' must only contain printable ASCII: [x20-x7E]+",
    );
  });

  test("are refused for a client with keys, and beyond two", async () => {
    const kind = "OAuth2ClientSecretMediated";
    const signing = await addSigningClient(org, newSigner("k"));
    await expectRefusal(
      "POST",
      `/api/v1/apps/${signing.id}/credentials/secrets`,
      undefined,
      kind,
      "'client_secret' cannot be used when 'token_endpoint_auth_method' is 'private_key_jwt'.",
    );
    const path = await secretsOf();
    await org.create(path, { status: "INACTIVE" });
    const most = "You have reached the maximum number of client secrets per client.";
    await expectRefusal("POST", path, undefined, kind, most);
  });

  test("stay while they are in use", async () => {
    const path = await secretsOf();
    const [only] = z.array(withId).parse((await org.send("GET", path)).body);
    const kind = "OAuth2ClientSecretMediated";
    const one = `${path}/${String(only?.id)}`;
    await expectRefusal(
      "POST",
      `${one}/lifecycle/deactivate`,
      undefined,
      kind,
      "You can't deactivate the only active client secret.",
    );
    await expectRefusal(
      "DELETE",
      one,
      undefined,
      kind,
      "You can't delete an active client secret. Deactivate the secret before deleting it.",
    );
    expect(await org.send("GET", `${path}/ocsNothing`)).toMatchObject({
      status: 404,
      body: { errorSummary: "Not found: Resource not found: ocsNothing (OAuth2ClientSecretMediated)" },
    });
  });
});

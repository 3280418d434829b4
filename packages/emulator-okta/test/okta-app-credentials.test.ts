/** Client secrets and keys of the local Okta org: where they show, their lives, and what is refused in Okta's words. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { addClient, addSigningClient, newSigner } from "@ai-api-access/testing/okta-oauth.ts";
import { serviceApp, TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const apps = "/api/v1/apps";
const org = TestOrg.use();

const appSchema = z.object({
  id: z.string(),
  credentials: z.object({
    oauthClient: z.object({ client_id: z.string(), client_secret: z.string().optional() }),
  }),
  settings: z.object({
    oauthClient: z.object({ jwks: z.object({ keys: z.array(z.unknown()) }).optional() }),
  }),
});
const save = async (method: string, path: string, body: unknown) => {
  const app = appSchema.parse((await org.send(method, path, { body })).body);
  return { ...app, client: app.credentials.oauthClient };
};

describe("keys", () => {
  const first = newSigner("first");
  const second = newSigner("second", "RSA");
  let path: string;
  beforeAll(async () => {
    path = `${apps}/${(await addSigningClient(org, first)).id}/credentials/jwks`;
  });

  const list = async () =>
    z
      .object({ keys: z.array(z.looseObject({ id: z.string(), kid: z.string() })) })
      .parse((await org.send("GET", path)).body).keys;

  test("come, are turned off and on, and go", async () => {
    const added = await org.send("POST", path, { body: { ...second.jwk, use: "sig", alg: "RS256" } });
    const shown = { kid: "second", kty: "RSA", use: "sig", alg: "RS256", status: "ACTIVE" };
    expect(added).toMatchObject({
      status: 201,
      body: { ...shown, id: expect.stringMatching(/^pks/), created: expect.any(String) },
    });
    expect(added.body).toMatchObject({ _links: { deactivate: { hints: { allow: ["POST"] } } } });
    const [, { id } = { id: "" }] = await list();
    expect((await list()).map(({ kid }) => kid)).toEqual(["first", "second"]);
    const off = await org.send("POST", `${path}/${id}/lifecycle/deactivate`);
    expect(off).toMatchObject({
      status: 200,
      body: { status: "INACTIVE", _links: { activate: {}, delete: {} } },
    });
    expect((await org.send("GET", `${path}/${id}`)).body).toEqual(off.body);
    const on = await org.send("POST", `${path}/${id}/lifecycle/activate`);
    expect(on).toMatchObject({ status: 200, body: { status: "ACTIVE" } });
    await org.send("POST", `${path}/${id}/lifecycle/deactivate`);
    expect((await org.send("DELETE", `${path}/${id}`)).status).toBe(204);
    expect(await list()).toHaveLength(1);
  });

  test("are refused without a name of their own, when too short, and with a private part", async () => {
    const key = { ...newSigner("first").jwk };
    const short = { kty: "RSA", kid: "short", e: "AQAB", n: "tj4rjMvXbJgyeCTlWq0OI7f_8iK1c3pXlE0DaFbOySB0" };
    const refused = (body: unknown, cause: string) =>
      org.expectRefusal("POST", path, body, "JsonWebKey", cause);
    await refused(key, "All keys in the 'jwks' must have a unique kid.");
    await refused(
      { ...key, kid: undefined },
      "Each key should have a unique kid when adding multiple keys. Use the Apps API to update the JWKS to add a kid " +
        "for the existing key, or delete the existing key and re-add the key with a kid using the JWKS APIs.",
    );
    await refused(short, "RSA key length in the 'jwks' is less than '2,048' bits for the given key.");
    await org.expectRefusal("POST", path, { ...key, kid: "x", d: "private" }, "body", /private members d$/);
  });

  test("stay while they are in use: an active one, the only active one of a client that signs", async () => {
    const only = `${path}/${String((await list())[0]?.id)}`;
    await org.expectRefusal(
      "POST",
      `${only}/lifecycle/deactivate`,
      undefined,
      "JsonWebKey",
      "Can't deactivate the only active JSON Web Key when the value for ''token_endpoint_auth_method'' is ''private_key_jwt''.",
    );
    const active = "You can't delete an active JSON Web key. Deactivate the key before deleting it.";
    await org.expectRefusal("DELETE", only, undefined, "JsonWebKey", active);
    expect(await org.send("GET", `${path}/pksNothing`)).toMatchObject({
      status: 404,
      body: { errorSummary: "Not found: Resource not found: pksNothing (JsonWebKey)" },
    });
  });

  test("are at most 50", async () => {
    const fifty = Array.from({ length: 50 }, (_, index) => {
      return { ...first, jwk: { ...first.jwk, kid: `k${String(index)}` } };
    });
    const { id } = await addSigningClient(org, ...fifty);
    await org.expectRefusal(
      "POST",
      `${apps}/${id}/credentials/jwks`,
      first.jwk,
      "OAuth2ClientSecretMediated",
      "You can't create a new key. You have reached the maximum number of keys allowed (50). To add another key, you must first delete an existing one.",
    );
  });

  test("come back in Okta's order, not in the one they were sent in, and without a `use` that was not sent again", async () => {
    const { id } = await addSigningClient(org, { ...first, jwk: { ...first.jwk, use: "sig" } });
    const jwks = { keys: [first.jwk, second.jwk] };
    const credentials = { token_endpoint_auth_method: "private_key_jwt" };
    await save("PUT", `${apps}/${id}`, serviceApp({ credentials, oauthClient: { jwks } }));
    const app = appSchema.parse((await org.send("GET", `${apps}/${id}`)).body);
    expect(app.settings.oauthClient.jwks?.keys).toMatchObject([
      { kid: "second", use: null },
      { kid: "first", use: null },
    ]);
  });

  test("keep their ids when their application is replaced, which an empty secret leaves alone too", async () => {
    const jwks = { keys: [{ kty: "EC", kid: "k1", x: "K37X78mXJHHldZYMzrwip", y: "8IfvsvXWzbFWOZoVOMwgF" }] };
    const before = await save("POST", apps, serviceApp({ oauthClient: { jwks } }));
    const empty = { client_secret: "", client_id: before.id };
    const body = serviceApp({ oauthClient: { jwks }, credentials: empty });
    const after = await save("PUT", `${apps}/${before.id}`, body);
    expect(after).toEqual(before);
    const key = { kty: "EC", kid: "k1", status: "ACTIVE", use: null, crv: null };
    expect(before.settings.oauthClient.jwks?.keys).toEqual([
      { ...key, id: expect.stringMatching(/^pks\w{17}$/), x: expect.any(String), y: expect.any(String) },
    ]);
  });
});

describe("secrets", () => {
  const KIND = "OAuth2ClientSecretMediated";
  const secretsOf = async (changes: Parameters<typeof addClient>[1] = {}) =>
    `${apps}/${(await addClient(org, changes)).id}/credentials/secrets`;

  test.each([["client_secret_post"], ["client_secret_basic"]])(
    "of %s are in the answers to POST and PUT, never to GET",
    async (token_endpoint_auth_method) => {
      const body = serviceApp({ credentials: { token_endpoint_auth_method } });
      const { id, client } = await save("POST", `${apps}?activate=true`, body);
      const { client_id, client_secret = "" } = client;
      expect(client_secret).toMatch(/^[\w-]{64}$/);
      expect(client_id).toBe(id);
      const replaced = await save("PUT", `${apps}/${id}`, { ...body, label: "Renamed" });
      expect(replaced.client.client_secret).toBe(client_secret);
      for (const path of [`${apps}/${id}`, `${apps}?q=Renamed`]) {
        const text = JSON.stringify((await org.send("GET", path)).body);
        expect(text).toContain(id);
        expect(text).not.toContain('client_secret":');
        expect(text).not.toContain(client_secret);
      }
      const listed = await org.send("GET", `${apps}/${id}/credentials/secrets`);
      expect(listed.body).toMatchObject([{ status: "ACTIVE", client_secret }]);
    },
  );

  test("are nowhere for private_key_jwt, and gone when a client goes over to it", async () => {
    const { jwk } = newSigner("k1");
    const credentials = { token_endpoint_auth_method: "private_key_jwt" };
    const body = serviceApp({ credentials, oauthClient: { jwks: { keys: [jwk] } } });
    expect((await save("POST", apps, body)).client.client_secret).toBeUndefined();
    const { id, client } = await save("POST", apps, serviceApp());
    expect((await save("PUT", `${apps}/${id}`, body)).client.client_secret).toBeUndefined();
    expect((await org.send("GET", `${apps}/${id}/credentials/secrets`)).body).toEqual([]);
    expect(JSON.stringify(org.tenant.snapshot())).not.toContain(client.client_secret);
  });

  test("can be given, and are masked in the log", async () => {
    const path = await secretsOf({ credentials: { client_secret: "a-secret-of-my-own" } });
    expect((await org.send("GET", path)).body).toMatchObject([{ client_secret: "a-secret-of-my-own" }]);
    expect(JSON.stringify(org.tenant.requests())).not.toContain("a-secret-of-my-own");
  });

  const signs = "when 'token_endpoint_auth_method' is 'client_secret_jwt'.";
  test.each([
    ["post", "x".repeat(101), "'client_secret' cannot be more than '100' characters long."],
    ["post", "x".repeat(13), "'client_secret' must be at least '14' characters long."],
    ["jwt", "x".repeat(31), `'client_secret' must be at least '32' characters long ${signs}`],
    ["post", "a secret with an ä in it", "''client_secret'' must only contain printable ASCII: [x20-x7E]+"],
  ])("for client_secret_%s that are wrong (%s) are refused", async (way, client_secret, cause) => {
    const path = await secretsOf({ credentials: { token_endpoint_auth_method: `client_secret_${way}` } });
    await org.expectRefusal("POST", path, { client_secret }, "client_secret", `client_secret: ${cause}`);
  });

  test("are refused for a client with keys, and beyond two", async () => {
    const { id } = await addSigningClient(org, newSigner("k"));
    const signing = "'client_secret' cannot be used when 'token_endpoint_auth_method' is 'private_key_jwt'.";
    await org.expectRefusal("POST", `${apps}/${id}/credentials/secrets`, undefined, KIND, signing);
    const path = await secretsOf();
    await org.create(path, { status: "INACTIVE" });
    const most = "You have reached the maximum number of client secrets per client.";
    await org.expectRefusal("POST", path, undefined, KIND, most);
  });

  test("stay while they are in use", async () => {
    const path = await secretsOf();
    const only = `${path}/${String((await org.ids(path))[0])}`;
    const turn = "You can't deactivate the only active client secret.";
    await org.expectRefusal("POST", `${only}/lifecycle/deactivate`, undefined, KIND, turn);
    const active = "You can't delete an active client secret. Deactivate the secret before deleting it.";
    await org.expectRefusal("DELETE", only, undefined, KIND, active);
    expect(await org.send("GET", `${path}/ocsNothing`)).toMatchObject({
      status: 404,
      body: { errorSummary: `Not found: Resource not found: ocsNothing (${KIND})` },
    });
  });
});

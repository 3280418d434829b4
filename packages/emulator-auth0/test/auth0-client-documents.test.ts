/** Claim: a client is registered by its metadata document, with the limits that Auth0's documentation has. */
import { createServer } from "node:http";
import { generateKeyPairSync } from "node:crypto";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { records } from "@ai-api-access/testing/auth0-tenant.ts";
import { SharedTenant } from "./stage.ts";

const ADDRESS = "https://assistant.example.com/client.json";
const DOCUMENT = {
  client_id: ADDRESS,
  client_name: "Assistant",
  client_uri: "https://assistant.example.com",
  application_type: "native",
  redirect_uris: ["http://127.0.0.1/callback"],
  grant_types: ["authorization_code", "refresh_token", "implicit"],
  token_endpoint_auth_method: "none",
};

/** What is found at addresses elsewhere: a document, or what makes an answer of another kind. */
const documents = new Map<string, object | (() => Response)>();
const tenant = new SharedTenant(() => Promise.resolve(), {
  fetch: (address, init) => {
    const found = documents.get(address);
    if (found === undefined) return fetch(address, init);
    return Promise.resolve(found instanceof Function ? found() : Response.json(found));
  },
});

beforeEach(async () => {
  documents.clear();
  documents.set(ADDRESS, DOCUMENT);
  await tenant.patchSettings({ client_id_metadata_document_supported: true });
});

const ask = (what: "preview" | "register", address = ADDRESS) =>
  tenant.target.call("POST", `/api/v2/clients/cimd/${what}`, { external_client_id: address });

/** Registers the client; gives its id. */
const registered = async () =>
  z.object({ client_id: z.string() }).parse((await ask("register")).body).client_id;

const readClient = async (id: unknown) => tenant.target.expectOk("GET", `/clients/${String(id)}`);

test("a client is what its document says, a third party's in the strict mode", async () => {
  const { status, body, headers } = await ask("register");
  expect(status).toBe(201);
  expect(body).toEqual({
    client_id: expect.stringMatching(/^tpc_[A-Za-z0-9]{22}$/),
    mapped_fields: {
      external_client_id: ADDRESS,
      name: "Assistant",
      callbacks: ["http://127.0.0.1/callback"],
      grant_types: ["authorization_code", "refresh_token"],
      app_type: "native",
      token_endpoint_auth_method: "none",
    },
    validation: {
      valid: true,
      violations: [],
      warnings: [
        "Grant type not supported: 'implicit'",
        "Ignoring unsupported properties: client_uri. These properties are not validated or mapped to the Auth0 client configuration.",
      ],
    },
  });
  const id = await registered();
  expect(headers.location).toBe(`/api/v2/clients/${id}`);
  expect(await readClient(id)).toMatchObject({
    is_first_party: false,
    oidc_conformant: true,
    third_party_security_mode: "strict",
    external_client_id: ADDRESS,
    external_metadata_type: "cimd",
    external_metadata_created_by: "admin",
    jwt_configuration: { alg: "RS256", lifetime_in_seconds: 3600 },
    refresh_token: { rotation_type: "rotating", expiration_type: "expiring" },
  });
});

test("a preview makes none, and names one that there is", async () => {
  expect((await ask("preview")).body).not.toHaveProperty("client_id");
  const made = (await ask("register")).body;
  expect((await ask("preview")).body).toEqual(made);
  const found = await tenant.target.call(
    "GET",
    `/api/v2/clients?external_client_id=${encodeURIComponent(ADDRESS)}`,
  );
  expect(found.body).toHaveLength(1);
});

test("who registers again brings the client in line with its document", async () => {
  const made = await ask("register");
  documents.set(ADDRESS, { ...DOCUMENT, client_name: "Renamed", grant_types: ["authorization_code"] });
  const again = await ask("register");
  expect(again.status).toBe(200);
  const id = await registered();
  expect([made.body, again.body]).toMatchObject([{ client_id: id }, { client_id: id }]);
  expect(await readClient(id)).toMatchObject({ name: "Renamed", grant_types: ["authorization_code"] });
});

test("what the document says is not changed in another way", async () => {
  const id = await registered();
  const patch = (change: object) => tenant.target.call("PATCH", `/api/v2/clients/${id}`, change);
  for (const change of [
    { name: "Other" },
    { callbacks: ["https://evil.example.com/"] },
    { is_first_party: true },
    { grant_types: ["client_credentials"] },
    { oidc_conformant: false },
    { jwt_configuration: { alg: "HS256" } },
    { refresh_token: { rotation_type: "rotating", expiration_type: "non-expiring" } },
  ]) {
    expect({ change, ...(await patch(change)) }).toMatchObject({ change, status: 400 });
  }
  const changed = await patch({ organization_usage: "require", description: "An assistant" });
  expect(changed.body).toMatchObject({ organization_usage: "require", name: "Assistant" });
  expect(changed.body).not.toHaveProperty("external_client_id");
  expect((await tenant.target.call("DELETE", `/api/v2/clients/${id}`)).status).toBe(204);
  expect((await ask("preview")).body).not.toHaveProperty("client_id");
});

test("keys of a document are the client's credentials, and a known kid keeps its key", async () => {
  const key = (kid: string) => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    return { ...publicKey.export({ format: "jwk" }), kid, alg: "RS256" };
  };
  const uri = "https://assistant.example.com/jwks.json";
  const [first, second] = [key("first"), key("second")];
  documents.set(ADDRESS, {
    ...DOCUMENT,
    token_endpoint_auth_method: "private_key_jwt",
    jwks_uri: uri,
  });
  documents.set(uri, { keys: [first] });
  const id = await registered();
  const credentials = async () =>
    records((await tenant.target.call("GET", `/api/v2/clients/${id}/credentials`)).body);
  const before = await credentials();
  expect(before).toMatchObject([{ kid: "first", alg: "RS256" }]);
  expect(await readClient(id)).toMatchObject({
    client_authentication_methods: { private_key_jwt: { credentials: [{ id: before[0]?.id }] } },
  });
  documents.set(uri, { keys: [key("first"), second] });
  await ask("register");
  expect((await credentials()).map(({ id: credential, kid }) => [credential === before[0]?.id, kid])).toEqual(
    [
      [false, "second"],
      [true, "first"],
    ],
  );
  documents.set(uri, { keys: [{ ...first, d: "secret" }] });
  expect((await ask("register")).status).toBe(400);
});

describe("is refused", () => {
  test.each([
    "http://assistant.example.com/client.json",
    "https://assistant.example.com",
    "https://assistant.example.com/",
    "https://assistant.example.com/a/../client.json",
    "https://assistant.example.com/%2e%2e/client.json",
    "https://assistant.example.com/client.json?",
    "https://assistant.example.com/client.json#",
    "https://me:pw@assistant.example.com/client.json",
    "https://assistant.example.com:0/client.json",
    "https://assistant.example.com/%zz",
    `https://assistant.example.com/${"a".repeat(120)}`,
    " https://assistant.example.com/client.json",
  ])("a document at %j", async (address) => {
    expect(await ask("register", address)).toMatchObject({
      status: 400,
      body: { errorCode: "invalid_body" },
    });
  });

  test.each([
    ["an id that is not its address", { client_id: "https://other.example.com/client.json" }],
    ["no name", { client_name: "" }],
    ["no callback", { redirect_uris: [] }],
    ["a callback twice", { redirect_uris: ["https://a.example.com/", "https://a.example.com/"] }],
    ["a callback on this machine for a web application", { application_type: "web" }],
    ["no grant that there is", { grant_types: ["implicit"] }],
    ["another kind of application", { application_type: "service" }],
    ["a shared secret", { token_endpoint_auth_method: "client_secret_post" }],
    ["keys of its own", { jwks: { keys: [] } }],
    ["keys elsewhere", { token_endpoint_auth_method: "private_key_jwt", jwks_uri: "https://b.example.com/" }],
    ["a long description", { description: "a".repeat(141) }],
  ])("a document with %s", async (_what, change) => {
    documents.set(ADDRESS, { ...DOCUMENT, ...change });
    const preview = await ask("preview");
    expect(preview).toMatchObject({ status: 200, body: { validation: { valid: false } } });
    expect(preview.body).not.toHaveProperty("mapped_fields");
    expect((await ask("register")).status).toBe(400);
  });

  test("a document that is too large, is none, or is not there", async () => {
    for (const answer of [
      () => new Response(JSON.stringify({ ...DOCUMENT, more: "a".repeat(5 * 1024) })),
      () => new Response("<html>"),
      () => new Response(null, { status: 404 }),
    ]) {
      documents.set(ADDRESS, answer);
      expect((await ask("preview")).body).toEqual({ errors: [expect.any(String)] });
      expect((await ask("register")).status).toBe(400);
    }
  });

  test("any document, unless the tenant takes them", async () => {
    await tenant.patchSettings({ client_id_metadata_document_supported: false });
    expect((await ask("preview")).status).toBe(400);
    expect((await ask("register")).status).toBe(400);
  });
});

test("a document on this machine needs no TLS, and is not followed elsewhere", async () => {
  const port = () => {
    const address = server.address();
    return String(typeof address === "object" ? address?.port : address);
  };
  const server = createServer((request, response) => {
    if (request.url === "/moved.json") response.writeHead(302, { location: "/client.json" }).end();
    else response.end(JSON.stringify({ ...DOCUMENT, client_id: `http://localhost:${port()}/client.json` }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    expect((await ask("register", `http://localhost:${port()}/client.json`)).status).toBe(201);
    expect((await ask("preview", `http://localhost:${port()}/moved.json`)).body).toEqual({
      errors: [expect.any(String)],
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test("settings that MCP depends on have their values, and no others", async () => {
  for (const change of [
    { resource_parameter_profile: "resource" },
    { client_id_metadata_document_supported: "yes" },
    { flags: { enable_dynamic_client_registration: "yes" } },
    { dynamic_client_registration_security_mode: "lax" },
  ]) {
    const answer = await tenant.target.call("PATCH", "/api/v2/tenants/settings", change);
    expect({ change, ...answer }).toMatchObject({ change, status: 400 });
  }
  await tenant.patchSettings({
    resource_parameter_profile: "compatibility",
    flags: { enable_dynamic_client_registration: true },
  });
  expect(await tenant.target.expectOk("GET", "/tenants/settings")).toMatchObject({
    resource_parameter_profile: "compatibility",
    flags: { enable_dynamic_client_registration: true, enable_sso: true },
  });
});

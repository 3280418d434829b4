/** Claim: the official `auth0` SDK manages connections, clients, credentials and grants on the local tenant. */
import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "@jest/globals";
import { ManagementClient } from "auth0";
import { everyItem, shareSdkTenant } from "@ai-api-access/testing/auth0-sdk.ts";

let client: ManagementClient;

const tenant = shareSdkTenant((made) => {
  client = made;
});

function rsaKeys() {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}

async function newClient(name: string): Promise<string> {
  return String((await client.clients.create({ name })).client_id);
}

test("a connection is created, listed by name and strategy, changed and deleted", async () => {
  const created = await client.connections.create({
    name: "people",
    strategy: "auth0",
    options: { passwordPolicy: "excellent" },
  });
  const id = String(created.id);
  expect(created.options).toMatchObject({ passwordPolicy: "excellent", brute_force_protection: true });
  const found = await everyItem(client.connections.list({ name: "people", strategy: ["auth0"] }));
  expect(found.map((one) => one.id)).toEqual([id]);
  const fewer = await client.connections.get(id, { fields: "name,strategy" });
  expect(fewer).toMatchObject({ id, name: "people", strategy: "auth0" });
  expect(fewer).not.toHaveProperty("options");
  expect(await client.connections.update(id, { display_name: "People" })).toMatchObject({
    display_name: "People",
  });
  await client.connections.delete(id);
  await expect(client.connections.get(id)).rejects.toMatchObject({
    statusCode: 404,
    body: { errorCode: "inexistent_connection" },
  });
});

test("clients are enabled for a connection and disabled again", async () => {
  const connection = String((await client.connections.create({ name: "shared", strategy: "auth0" })).id);
  const [first, second] = [await newClient("First"), await newClient("Second")];
  await client.connections.clients.update(connection, [
    { client_id: first, status: true },
    { client_id: second, status: true },
  ]);
  const both = await everyItem(client.connections.clients.get(connection));
  expect(both.map((one) => one.client_id).toSorted()).toEqual([first, second].toSorted());
  await client.connections.clients.update(connection, [{ client_id: first, status: false }]);
  expect(await everyItem(client.connections.clients.get(connection))).toEqual([{ client_id: second }]);
  expect(await everyItem(client.clients.connections.get(second))).toMatchObject([{ id: connection }]);
});

test("a client is created with a secret, changed, given another secret, and deleted", async () => {
  const created = await client.clients.create({
    name: "Console",
    app_type: "regular_web",
    callbacks: ["https://console.example/callback"],
    organization_usage: "require",
    client_metadata: { team: "platform" },
  });
  const id = String(created.client_id);
  expect(created.client_secret).toHaveLength(64);
  expect(await client.clients.get(id)).toEqual(created);
  expect(await client.clients.update(id, { description: "For people" })).toEqual({
    ...created,
    description: "For people",
  });
  const rotated = await client.clients.rotateSecret(id);
  expect(rotated.client_secret).toHaveLength(64);
  expect(rotated.client_secret).not.toBe(created.client_secret);
  const listed = await everyItem(client.clients.list({ app_type: "regular_web", is_global: false }));
  expect(listed.map((one) => one.client_id)).toEqual([id]);
  await client.clients.delete(id);
  await expect(client.clients.get(id)).rejects.toMatchObject({
    statusCode: 404,
    body: { errorCode: "inexistent_client" },
  });
});

test("a client's credentials are added, listed, given an end, and deleted", async () => {
  const id = await newClient("Keyed");
  const { credentials } = client.clients;
  const key = await credentials.create(id, {
    credential_type: "public_key",
    name: "first",
    pem: rsaKeys().publicKey,
    alg: "RS256",
  });
  const credentialId = String(key.id);
  expect(key).toMatchObject({ name: "first", alg: "RS256", credential_type: "public_key" });
  expect(key).not.toHaveProperty("pem");
  expect(await credentials.list(id)).toEqual([key]);
  expect(await credentials.get(id, credentialId)).toEqual(key);
  const end = "2099-01-01T00:00:00.000Z";
  expect(await credentials.update(id, credentialId, { expires_at: end })).toMatchObject({ expires_at: end });
  await credentials.delete(id, credentialId);
  expect(await credentials.list(id)).toEqual([]);
});

test("a key that comes with a new client is shown as a credential once, and named by its id from then on", async () => {
  const inline = { credential_type: "public_key" as const, name: "first", pem: rsaKeys().publicKey };
  const made = await client.clients.create({
    name: "inline",
    client_authentication_methods: { private_key_jwt: { credentials: [inline] } },
  });
  const shown = { id: expect.stringMatching(/^cred_/), name: "first", kid: expect.any(String), alg: "RS256" };
  expect(made.client_authentication_methods?.private_key_jwt?.credentials).toMatchObject([
    { ...shown, credential_type: "public_key", created_at: expect.any(String) },
  ]);
  expect(JSON.stringify(made)).not.toContain("BEGIN PUBLIC KEY");
  const read = await client.clients.get(String(made.client_id));
  expect(read.client_authentication_methods?.private_key_jwt?.credentials).toEqual([
    { id: made.client_authentication_methods?.private_key_jwt?.credentials[0]?.id },
  ]);
});

test("the SDK logs in with a private key that was given as a client's credential", async () => {
  const { publicKey, privateKey } = rsaKeys();
  const { client_id: id = "" } = await client.clients.create({
    name: "Operator",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
  });
  const credential = await client.clients.credentials.create(id, {
    credential_type: "public_key",
    pem: publicKey,
  });
  await client.clients.update(id, {
    token_endpoint_auth_method: null,
    client_authentication_methods: { private_key_jwt: { credentials: [{ id: String(credential.id) }] } },
  });
  const { domain } = tenant();
  await client.clientGrants.create({
    client_id: id,
    audience: `https://${domain}/api/v2/`,
    scope: ["read:roles"],
  });
  const operator = new ManagementClient({ domain, clientId: id, clientAssertionSigningKey: privateKey });
  expect(await everyItem(operator.roles.list())).toEqual([]);
  await expect(operator.roles.create({ name: "Not mine to make" })).rejects.toMatchObject({
    statusCode: 403,
    body: { errorCode: "insufficient_scope" },
  });
});

test("a client grant is created, found by client and audience, changed and deleted", async () => {
  const audience = "https://api.example";
  const scopes = [{ value: "read:things" }, { value: "write:things" }];
  await client.resourceServers.create({ identifier: audience, scopes });
  const clientId = await newClient("Machine");
  const grant = await client.clientGrants.create({ client_id: clientId, audience, scope: ["read:things"] });
  const id = String(grant.id);
  expect(grant).toMatchObject({ subject_type: "client", scope: ["read:things"] });
  expect(await everyItem(client.clientGrants.list({ client_id: clientId, audience }))).toEqual([grant]);
  expect(await client.clientGrants.get(id)).toEqual(grant);
  const scope = ["read:things", "write:things"];
  expect(await client.clientGrants.update(id, { scope })).toEqual({ ...grant, scope });
  await client.clientGrants.delete(id);
  await expect(client.clientGrants.get(id)).rejects.toMatchObject({ statusCode: 404 });
});

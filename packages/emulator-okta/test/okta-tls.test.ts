/** Claim: the org is there with TLS as well, whole, and its issuers follow the way that was asked. */
import { expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import { Agent, request } from "undici";
import { z } from "zod";
import { addClient, addServer, allow } from "@ai-api-access/testing/okta-oauth.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";
import { testTls } from "@ai-api-access/testing/tls.ts";

const tls = testTls();
const org = TestOrg.use({ withTls: { port: 0, tls } });
const dispatcher = new Agent({ connect: { ca: tls.cert } });
const tokenSchema = z.object({ access_token: z.string() });

async function ask(path: string, form?: Readonly<Record<string, string>>): Promise<unknown> {
  const answer = await request(`${String(org.tenant.tlsOrigin)}${path}`, {
    dispatcher,
    headers: form
      ? { "content-type": "application/x-www-form-urlencoded" }
      : { authorization: `SSWS ${org.tenant.apiToken}` },
    ...(form && { method: "POST", body: new URLSearchParams(form).toString() }),
  });
  return answer.body.json();
}

test("the same application gets tokens either way, each from the issuer that it asked", async () => {
  const server = await addServer(org);
  await allow(org, server);
  const { id: client_id, secret: client_secret } = await addClient(org);
  const form = { grant_type: "client_credentials", scope: "ai:read", client_id, client_secret };
  const path = `/oauth2/${server}`;
  const secure = tokenSchema.parse(await ask(`${path}/v1/token`, form)).access_token;
  const plain = tokenSchema.parse(
    (await org.send("POST", `${path}/v1/token`, { authorization: null, form })).body,
  ).access_token;
  expect(decodeJwt(secure).iss).toBe(`${String(org.tenant.tlsOrigin)}${path}`);
  expect(decodeJwt(plain).iss).toBe(`${org.tenant.origin}${path}`);
  expect(await ask(`${path}/.well-known/oauth-authorization-server`)).toMatchObject({
    issuer: decodeJwt(secure).iss,
    jwks_uri: `${String(decodeJwt(secure).iss)}/v1/keys`,
  });
  const introspected = { client_id, client_secret, token: secure };
  expect(await ask(`${path}/v1/introspect`, introspected)).toMatchObject({ active: true });
});

test("links of the management API lead back the way that was asked", async () => {
  const id = await org.create("/api/v1/groups", { profile: { name: "Readers" } });
  const users = `${String(org.tenant.tlsOrigin)}/api/v1/groups/${id}/users`;
  expect(await ask(`/api/v1/groups/${id}`)).toMatchObject({ _links: { users: { href: users } } });
});

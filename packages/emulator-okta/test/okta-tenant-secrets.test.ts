/** Where the local Okta org shows a client's secret and keys, and where it does not. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { serviceApp, TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

let org: TestOrg;
beforeEach(async () => {
  org = await TestOrg.start();
});
afterEach(() => org.tenant.close());

describe("a client secret", () => {
  test.each([["client_secret_post"], ["client_secret_basic"]])(
    "of %s is in the answers to POST and PUT, never to GET",
    async (method) => {
      const body = serviceApp({ credentials: { token_endpoint_auth_method: method } });
      const created = await org.send("POST", "/api/v1/apps?activate=true", { body });
      const { id, credentials } = appSchema.parse(created.body);
      expect(credentials.oauthClient.client_secret).toMatch(/^[\w-]{64}$/);
      expect(credentials.oauthClient.client_id).toBe(id);
      const replaced = await org.send("PUT", `/api/v1/apps/${id}`, { body: { ...body, label: "Renamed" } });
      expect(appSchema.parse(replaced.body).credentials.oauthClient.client_secret).toBe(
        credentials.oauthClient.client_secret,
      );
      for (const path of [`/api/v1/apps/${id}`, "/api/v1/apps?q=Renamed"]) {
        const text = JSON.stringify((await org.send("GET", path)).body);
        expect(text).toContain(id);
        expect(text).not.toContain('client_secret":');
        expect(text).not.toContain(credentials.oauthClient.client_secret);
      }
      expect((await org.send("GET", `/api/v1/apps/${id}/credentials/secrets`)).body).toMatchObject([
        { status: "ACTIVE", client_secret: credentials.oauthClient.client_secret },
      ]);
    },
  );

  test("is nowhere for private_key_jwt, and gone when a client goes over to it", async () => {
    const jwks = {
      keys: [{ kty: "RSA", kid: "k1", e: "AQAB", n: "tj4rjMvXbJgyeCTlWq0OI7f_8iK1c3pXlE0DaFbOySB0" }],
    };
    const body = serviceApp({
      credentials: { token_endpoint_auth_method: "private_key_jwt" },
      oauthClient: { jwks },
    });
    const created = await org.send("POST", "/api/v1/apps", { body });
    expect(appSchema.parse(created.body).credentials.oauthClient.client_secret).toBeUndefined();
    const id = await org.create("/api/v1/apps", serviceApp());
    const replaced = await org.send("PUT", `/api/v1/apps/${id}`, { body });
    expect(appSchema.parse(replaced.body).credentials.oauthClient.client_secret).toBeUndefined();
    expect((await org.send("GET", `/api/v1/apps/${id}/credentials/secrets`)).body).toEqual([]);
    expect(JSON.stringify(org.tenant.snapshot())).not.toContain('"client_secret":');
  });

  test("can be given, is masked in the log, and there are at most two", async () => {
    const body = serviceApp({ credentials: { client_secret: "a-secret-of-my-own" } });
    const id = await org.create("/api/v1/apps", body);
    const path = `/api/v1/apps/${id}/credentials/secrets`;
    expect((await org.send("GET", path)).body).toMatchObject([{ client_secret: "a-secret-of-my-own" }]);
    expect(JSON.stringify(org.tenant.requests())).not.toContain("a-secret-of-my-own");
    expect((await org.send("POST", path)).status).toBe(201);
    expect((await org.send("POST", path)).status).toBe(400);
  });

  test("stays when a PUT carries an empty one, and the keys of a client keep their ids", async () => {
    const jwks = {
      keys: [{ kty: "EC", kid: "k1", x: "K37X78mXJHHldZYMzrwipjKR", y: "8IfvsvXWzbFWOZoVOMwgF5p46m" }],
    };
    const body = serviceApp({ oauthClient: { jwks } });
    const before = appSchema.parse((await org.send("POST", "/api/v1/apps", { body })).body);
    const empty = serviceApp({
      oauthClient: { jwks },
      credentials: { client_secret: "", client_id: before.id },
    });
    const after = appSchema.parse((await org.send("PUT", `/api/v1/apps/${before.id}`, { body: empty })).body);
    expect(after.credentials).toEqual(before.credentials);
    expect(after.settings.oauthClient.jwks).toEqual(before.settings.oauthClient.jwks);
    expect(before.settings.oauthClient.jwks?.keys).toEqual([
      {
        kty: "EC",
        id: expect.stringMatching(/^pks\w{17}$/),
        status: "ACTIVE",
        kid: "k1",
        use: null,
        x: expect.any(String),
        y: expect.any(String),
        crv: null,
      },
    ]);
  });
});

const appSchema = z.object({
  id: z.string(),
  credentials: z.object({
    oauthClient: z.object({ client_id: z.string(), client_secret: z.string().optional() }),
  }),
  settings: z.object({
    oauthClient: z.object({ jwks: z.object({ keys: z.array(z.unknown()) }).optional() }),
  }),
});

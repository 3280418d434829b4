/** Claim: every operation of the Management API asks for its own scope, before it looks at anything else. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { auth0Routes } from "../src/index.ts";
import { record, startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";

let target: TestTenant;
let authorization: string;

/** A token of this tenant for the Management API, with the one scope that no operation asks for. */
async function powerlessToken(): Promise<string> {
  const audience = `${target.tenant.origin}/api/v2/`;
  const client = await target.expectOk("POST", "/clients", { name: "Powerless" });
  const clientId = String(client.client_id);
  await target.expectOk("POST", "/client-grants", { client_id: clientId, audience, scope: ["read:prompts"] });
  const answer = await target.call(
    "POST",
    "/oauth/token",
    {
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: client.client_secret,
      audience,
    },
    { authorization: null },
  );
  return String(record(answer.body).access_token);
}

beforeAll(async () => {
  target = await startTestTenant();
  authorization = `Bearer ${await powerlessToken()}`;
});
afterAll(async () => {
  await target.close();
});

const guarded = auth0Routes.flatMap(({ method, path, access }) =>
  path.startsWith("/api/v2/") && typeof access !== "string" ? [{ method, path, access }] : [],
);

test("no operation of the Management API is open to every token", () => {
  const all = auth0Routes.filter(({ path }) => path.startsWith("/api/v2/"));
  expect(guarded).toHaveLength(all.length);
});

test.each(guarded)("$method $path names what it expects", async ({ method, path, access }) => {
  const somewhere = path.replaceAll(/:\w+/g, "none");
  const body = method === "GET" ? undefined : { nobody: "asks for this" };
  expect((await target.call(method, somewhere, body, { authorization })).body).toEqual({
    statusCode: 403,
    error: "Forbidden",
    message: `Insufficient scope, expected any of: ${access.join(",")}`,
    errorCode: "insufficient_scope",
  });
});

/** Claim: every operation of the Management API asks for its own scope, before it looks at anything else. */
import { expect, test } from "@jest/globals";
import { auth0Routes } from "../src/index.ts";
import { SharedTenant } from "./stage.ts";

let authorization: string;

/** With a token of the tenant for the Management API, with the one scope that no operation asks for. */
const at = new SharedTenant(async (target) => {
  const audience = `${target.tenant.origin}/api/v2/`;
  const client = await at.newClient({ name: "Powerless" });
  const grant = { client_id: client.client_id, audience, scope: ["read:prompts"] };
  await target.expectOk("POST", "/client-grants", grant);
  const { body } = await at.token({ grant_type: "client_credentials", ...client, audience });
  authorization = `Bearer ${String(body.access_token)}`;
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
  expect((await at.target.call(method, somewhere, body, { authorization })).body).toEqual({
    statusCode: 403,
    error: "Forbidden",
    message: `Insufficient scope, expected any of: ${access.join(",")}`,
    errorCode: "insufficient_scope",
  });
});

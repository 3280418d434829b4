/** Claim: in a tenant with the compatibility profile, `resource` (RFC 8707) names the API where no `audience` does. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { AUDIENCE, authorizePath } from "@ai-api-access/testing/auth0-sign-in.ts";
import { record } from "@ai-api-access/testing/auth0-tenant.ts";
import { decodeJwt } from "jose";
import { SharedStage } from "./stage.ts";

const OTHER = "https://other.example";

const at = new SharedStage({ allow_offline_access: true });
beforeEach(async () => {
  await at.patchSettings({ resource_parameter_profile: "compatibility" });
  await at.newId("/resource-servers", { identifier: OTHER, name: "Other" });
});

/** What a token is for, and the answer that it came in. */
async function audienceOf(answer: Promise<Record<string, unknown>>) {
  const { access_token: token } = await answer;
  return decodeJwt(String(token)).aud;
}

/** Signs Ada in without an audience. */
const ask = (more: Record<string, string>) => ({ audience: "", scope: "ai:read offline_access", ...more });
const ada = (more: Record<string, string>) => at.tokens("ada@example.com", ask(more));

describe("an authorization request", () => {
  test("names the API by its resource", async () => {
    expect(await audienceOf(ada({ resource: AUDIENCE }))).toBe(AUDIENCE);
  });

  test("that has both is for the audience", async () => {
    expect(await audienceOf(ada({ resource: OTHER, audience: AUDIENCE }))).toBe(AUDIENCE);
  });

  test("with a resource that is no API is refused", async () => {
    expect(await at.answer(ask({ resource: "https://nobody.example" }))).toMatchObject({
      error: "access_denied",
      error_description: "Service not found: https://nobody.example",
    });
  });

  test("says nothing by a resource in a tenant that goes by audiences", async () => {
    await at.patchSettings({ resource_parameter_profile: "audience" });
    // Five parts are an encrypted token, for nothing but /userinfo.
    expect(String((await ada({ resource: AUDIENCE })).access_token).split(".")).toHaveLength(5);
  });

  test("can be pushed with its resource", async () => {
    await at.patchSettings({ pushed_authorization_requests_supported: true });
    const push = async (resource: string) => {
      const parameters = new URL(authorizePath(at.on, ask({ resource })), "https://localhost").searchParams;
      parameters.set("client_secret", at.on.clientSecret);
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const more = { authorization: null, headers };
      return at.target.call("POST", "/oauth/par", parameters.toString(), more);
    };
    expect((await push(AUDIENCE)).status).toBe(201);
    const { status, body } = await push("https://nobody.example");
    expect([status, record(body).error]).toEqual([400, "access_denied"]);
  });
});

describe("a token request", () => {
  const INVALID = {
    status: 400,
    body: { error: "invalid_target", error_description: `The resource was not granted: ${OTHER}` },
  };

  test("for a code may name the resource that was granted, and no other", async () => {
    const code = () => at.pkceRequest("ada@example.com", ask({ resource: AUDIENCE }));
    expect((await at.token({ ...(await code()), resource: AUDIENCE })).status).toBe(200);
    expect(await at.token({ ...(await code()), resource: OTHER })).toEqual(INVALID);
  });

  test("for a refresh token may name the resource that was granted; a wrong one leaves the token good", async () => {
    await at.patchClient({ refresh_token: { rotation_type: "rotating", expiration_type: "expiring" } });
    const { refresh_token: token } = await ada({ resource: AUDIENCE });
    const { clientId: client_id, clientSecret: client_secret } = at.on;
    const refresh = (resource: string) =>
      at.token({
        grant_type: "refresh_token",
        refresh_token: String(token),
        client_id,
        client_secret,
        resource,
      });
    expect(await refresh(OTHER)).toEqual(INVALID);
    const { status, body } = await refresh(AUDIENCE);
    expect(status).toBe(200);
    expect(decodeJwt(String(body.access_token)).aud).toBe(AUDIENCE);
  });

  test("of a machine names the API by its resource", async () => {
    const machine = await at.newClient({
      name: "Machine",
      app_type: "non_interactive",
      grant_types: ["client_credentials"],
      token_endpoint_auth_method: "client_secret_post",
    });
    await at.newId("/client-grants", {
      client_id: machine.client_id,
      audience: AUDIENCE,
      scope: ["ai:read"],
    });
    const asked = { grant_type: "client_credentials", ...machine, resource: AUDIENCE };
    const { status, body } = await at.token(asked);
    expect(status).toBe(200);
    expect(decodeJwt(String(body.access_token)).aud).toBe(AUDIENCE);
    expect((await at.token({ ...asked, resource: OTHER, audience: AUDIENCE })).status).toBe(200);
    await at.patchSettings({ resource_parameter_profile: "audience" });
    expect((await at.token(asked)).status).toBe(403);
  });
});

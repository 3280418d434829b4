/** Claim: an authorization code is good once, for a short time, and only for the application that asked for it. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import {
  authorizePath,
  CALLBACK,
  enableFor,
  pkce,
  signIn,
  stage,
  tokenRequest,
} from "@ai-api-access/testing/auth0-sign-in.ts";
import type { Stage } from "@ai-api-access/testing/auth0-sign-in.ts";

let target: TestTenant;
let on: Stage;
let now = 1_800_000_000_000;

beforeAll(async () => {
  target = await startTestTenant({ clock: () => now });
  on = await stage(target, { api: { allow_offline_access: true } });
});
afterAll(async () => {
  await target.close();
});

/** Signs Ada in; gives what exchanges her code. */
async function codeRequest(more: Record<string, string> = {}, stageOf = on): Promise<Record<string, string>> {
  const { verifier, challenge } = pkce();
  const asked = { code_challenge: challenge, code_challenge_method: "S256", ...more };
  const { code = "" } = await signIn(target, authorizePath(stageOf, asked), "ada@example.com");
  return {
    grant_type: "authorization_code",
    client_id: stageOf.clientId,
    client_secret: stageOf.clientSecret,
    redirect_uri: CALLBACK,
    code,
    code_verifier: verifier,
  };
}

const without = (parameters: Record<string, string>, ...names: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => !names.includes(name)));

const NO_CODE = {
  status: 403,
  body: { error: "invalid_grant", error_description: "Invalid authorization code" },
};
const NO_VERIFIER = {
  status: 403,
  body: { error: "invalid_grant", error_description: "Failed to verify code verifier" },
};

describe("a code", () => {
  test("is good once, and a second try ends what the first was given", async () => {
    const request = await codeRequest({ scope: "openid offline_access" });
    const first = await tokenRequest(target, request);
    expect(first.status).toBe(200);
    expect(await tokenRequest(target, request)).toEqual(NO_CODE);
    const refresh = await tokenRequest(target, {
      grant_type: "refresh_token",
      client_id: on.clientId,
      client_secret: on.clientSecret,
      refresh_token: String(first.body.refresh_token),
    });
    expect(refresh).toMatchObject({ status: 403, body: { error: "invalid_grant" } });
  });

  test("is good for ten minutes", async () => {
    const request = await codeRequest();
    now += 10 * 60_000 + 1;
    expect(await tokenRequest(target, request)).toEqual(NO_CODE);
  });

  test("is kept as a hash only", async () => {
    const { code = "" } = await codeRequest();
    expect(code.length).toBeGreaterThan(40);
    expect(JSON.stringify(target.tenant.snapshot())).not.toContain(code);
  });

  test.each([
    ["that was never given", (request: Record<string, string>) => ({ ...request, code: "unknown" }), NO_CODE],
    [
      "without its verifier",
      (request: Record<string, string>) => without(request, "code_verifier"),
      NO_VERIFIER,
    ],
    [
      "with another verifier",
      (request: Record<string, string>) => ({ ...request, code_verifier: pkce().verifier }),
      NO_VERIFIER,
    ],
    [
      "for another callback",
      (request: Record<string, string>) => ({ ...request, redirect_uri: "http://localhost:3000/other" }),
      {
        status: 403,
        body: {
          error: "unauthorized_client",
          error_description: `The redirect URI is wrong. You sent http://localhost:3000/other, and we expected ${CALLBACK}`,
        },
      },
    ],
    [
      "without the callback",
      (request: Record<string, string>) => without(request, "redirect_uri"),
      {
        status: 403,
        body: {
          error: "unauthorized_client",
          error_description: `The redirect URI is wrong. You sent null, and we expected ${CALLBACK}`,
        },
      },
    ],
    [
      "with a wrong secret",
      (request: Record<string, string>) => ({ ...request, client_secret: "wrong" }),
      { status: 401, body: { error: "access_denied", error_description: "Unauthorized" } },
    ],
    [
      "that is left out",
      (request: Record<string, string>) => without(request, "code"),
      {
        status: 400,
        body: { error: "invalid_request", error_description: "Missing required parameter: code" },
      },
    ],
  ])("%s is refused", async (_name, change, refusal) => {
    expect(await tokenRequest(target, change(await codeRequest()))).toEqual(refusal);
  });

  test("that failed once is used up", async () => {
    const request = await codeRequest();
    expect(await tokenRequest(target, { ...request, code_verifier: pkce().verifier })).toEqual(NO_VERIFIER);
    expect(await tokenRequest(target, request)).toEqual(NO_CODE);
  });

  test("of one application is worth nothing to another, and stays good for its own", async () => {
    const other = await target.expectOk("POST", "/clients", { name: "Other", app_type: "regular_web" });
    const request = await codeRequest();
    const stolen = {
      ...request,
      client_id: String(other.client_id),
      client_secret: String(other.client_secret),
    };
    expect(await tokenRequest(target, stolen)).toEqual(NO_CODE);
    expect((await tokenRequest(target, request)).status).toBe(200);
  });

  test("that was asked for without a challenge takes no verifier", async () => {
    const request = await codeRequest({ code_challenge: "", code_challenge_method: "" });
    expect(await tokenRequest(target, request)).toEqual(NO_VERIFIER);
    const again = await codeRequest({ code_challenge: "", code_challenge_method: "" });
    expect((await tokenRequest(target, without(again, "code_verifier"))).status).toBe(200);
  });

  test("of an application that keeps no secret is exchanged by its verifier, and by nothing else", async () => {
    const made = await target.expectOk("POST", "/clients", {
      name: "In the browser",
      app_type: "spa",
      token_endpoint_auth_method: "none",
      callbacks: [CALLBACK],
      organization_usage: "require",
      jwt_configuration: { alg: "RS256" },
    });
    const spa = { ...on, clientId: String(made.client_id), clientSecret: "" };
    await enableFor(target, on.connectionId, spa.clientId);
    const request = without(await codeRequest({}, spa), "client_secret");
    expect((await tokenRequest(target, request)).status).toBe(200);
    const bare = await codeRequest({ code_challenge: "", code_challenge_method: "" }, spa);
    expect(await tokenRequest(target, without(bare, "client_secret", "code_verifier"))).toMatchObject({
      status: 401,
      body: { error: "access_denied" },
    });
  });

  test("gives nothing once the person is blocked, or no member any more", async () => {
    const ada = "auth0|64f0000000000000000000a1";
    const blocked = await codeRequest();
    await target.expectOk("PATCH", `/users/${ada}`, { blocked: true });
    expect(await tokenRequest(target, blocked)).toEqual({
      status: 403,
      body: { error: "unauthorized", error_description: "user is blocked" },
    });
    await target.expectOk("PATCH", `/users/${ada}`, { blocked: false });
    const left = await codeRequest();
    await target.expectOk("DELETE", `/organizations/${on.organizationId}/members`, { members: [ada] });
    expect(await tokenRequest(target, left)).toEqual({
      status: 403,
      body: {
        error: "access_denied",
        error_description: `user ${ada} is not part of the ${on.organizationId} organization`,
      },
    });
  });
});

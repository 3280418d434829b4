/** Claim: an authorization code is good once, for a short time, and only for the application that asked for it. */
import { describe, expect, test } from "@jest/globals";
import { ADA, CALLBACK, enableFor, pkce, without } from "@ai-api-access/testing/auth0-sign-in.ts";
import { SharedStage } from "./stage.ts";

const at = new SharedStage({ allow_offline_access: true });

const NO_CHALLENGE = { code_challenge: "", code_challenge_method: "" };

/** Signs Ada in; gives what exchanges her code. */
const codeRequest = (more: Record<string, string> = {}, on = at.on) =>
  at.pkceRequest("ada@example.com", more, on);

function refused(status: number, error: string, description: string) {
  return { status, body: { error, error_description: description } };
}

const NO_CODE = refused(403, "invalid_grant", "Invalid authorization code");
const NO_VERIFIER = refused(403, "invalid_grant", "Failed to verify code verifier");
const wrongCallback = (sent: string) =>
  refused(
    403,
    "unauthorized_client",
    `The redirect URI is wrong. You sent ${sent}, and we expected ${CALLBACK}`,
  );

describe("a code", () => {
  test("is good once, and a second try ends what the first was given", async () => {
    const request = await codeRequest({ scope: "openid offline_access" });
    const { status, body } = await at.token(request);
    expect(status).toBe(200);
    expect(await at.token(request)).toEqual(NO_CODE);
    const { client_id = "", client_secret = "" } = request;
    const grant = { grant_type: "refresh_token", refresh_token: String(body.refresh_token) };
    expect(await at.token({ ...grant, client_id, client_secret })).toMatchObject({
      status: 403,
      body: { error: "invalid_grant" },
    });
  });

  test("is good for ten minutes", async () => {
    const request = await codeRequest();
    at.now += 10 * 60_000 + 1;
    expect(await at.token(request)).toEqual(NO_CODE);
  });

  test("is kept as a hash only", async () => {
    const { code = "" } = await codeRequest();
    expect(code.length).toBeGreaterThan(40);
    expect(JSON.stringify(at.target.tenant.snapshot())).not.toContain(code);
  });

  const OTHER = "http://localhost:3000/other";

  test.each<[string, Record<string, string>, object]>([
    ["that was never given", { code: "unknown" }, NO_CODE],
    ["without its verifier", { code_verifier: "" }, NO_VERIFIER],
    ["with another verifier", { code_verifier: pkce().verifier }, NO_VERIFIER],
    ["for another callback", { redirect_uri: OTHER }, wrongCallback(OTHER)],
    ["without the callback", { redirect_uri: "" }, wrongCallback("null")],
    ["with a wrong secret", { client_secret: "wrong" }, refused(401, "access_denied", "Unauthorized")],
    ["left out", { code: "" }, refused(400, "invalid_request", "Missing required parameter: code")],
  ])("%s is refused", async (_name, changes, refusal) => {
    const request = { ...(await codeRequest()), ...changes };
    const absent = Object.entries(changes).flatMap(([name, value]) => (value === "" ? [name] : []));
    expect(await at.token(without(request, ...absent))).toEqual(refusal);
  });

  test("that failed once is used up", async () => {
    const request = await codeRequest();
    expect(await at.token({ ...request, code_verifier: pkce().verifier })).toEqual(NO_VERIFIER);
    expect(await at.token(request)).toEqual(NO_CODE);
  });

  test("of one application is worth nothing to another, and stays good for its own", async () => {
    const other = await at.newClient({ name: "Other", app_type: "regular_web" });
    const request = await codeRequest();
    expect(await at.token({ ...request, ...other })).toEqual(NO_CODE);
    expect((await at.token(request)).status).toBe(200);
  });

  test("that was asked for without a challenge takes no verifier", async () => {
    expect(await at.token(await codeRequest(NO_CHALLENGE))).toEqual(NO_VERIFIER);
    const again = without(await codeRequest(NO_CHALLENGE), "code_verifier");
    expect((await at.token(again)).status).toBe(200);
  });

  test("of an application that keeps no secret is exchanged by its verifier, and by nothing else", async () => {
    const { client_id: clientId } = await at.newClient({
      name: "In the browser",
      app_type: "spa",
      token_endpoint_auth_method: "none",
      callbacks: [CALLBACK],
      organization_usage: "require",
      jwt_configuration: { alg: "RS256" },
    });
    const spa = { ...at.on, clientId, clientSecret: "" };
    await enableFor(at.target, at.on.connectionId, clientId);
    const request = without(await codeRequest({}, spa), "client_secret");
    expect((await at.token(request)).status).toBe(200);
    const bare = without(await codeRequest(NO_CHALLENGE, spa), "client_secret", "code_verifier");
    expect(await at.token(bare)).toEqual(refused(401, "access_denied", "Unauthorized"));
  });

  test("gives nothing once the person is blocked, or no member any more", async () => {
    const { target, on } = at;
    const [blocked, left] = [await codeRequest(), await codeRequest()];
    await target.expectOk("PATCH", `/users/${ADA}`, { blocked: true });
    expect(await at.token(blocked)).toEqual(refused(403, "unauthorized", "user is blocked"));
    await target.expectOk("PATCH", `/users/${ADA}`, { blocked: false });
    await target.expectOk("DELETE", `/organizations/${on.organizationId}/members`, { members: [ADA] });
    const text = `user ${ADA} is not part of the ${on.organizationId} organization`;
    expect(await at.token(left)).toEqual(refused(403, "access_denied", text));
  });
});

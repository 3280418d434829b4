/** Claim: a refresh token gives what the person may do by then, as long and as often as the application says. */
import { describe, expect, test } from "@jest/globals";
import { ADA, opened } from "@ai-api-access/testing/auth0-sign-in.ts";
import { SharedStage } from "./stage.ts";

const at = new SharedStage({ allow_offline_access: true });

const SCOPE = "openid offline_access ai:read ai:write";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const refreshSettings = (settings: object) => at.patchClient({ refresh_token: settings });
const rotating = (settings: object = {}) =>
  refreshSettings({ rotation_type: "rotating", expiration_type: "expiring", ...settings });

const offlineTokens = () => at.tokens("ada@example.com", { scope: SCOPE });
const firstToken = async () => String((await offlineTokens()).refresh_token);
const own = () => ({ client_id: at.on.clientId, client_secret: at.on.clientSecret });
const refresh = (token: string, more: Record<string, string> = {}) =>
  at.token({ grant_type: "refresh_token", ...own(), refresh_token: token, ...more });
/** Refreshes; gives the next token. */
const next = async (token: string) => String((await refresh(token)).body.refresh_token);

const REFUSED = {
  status: 403,
  body: { error: "invalid_grant", error_description: "Unknown or invalid refresh token." },
};

describe("a refresh token", () => {
  test("comes with offline_access, where API and application allow it", async () => {
    expect(await offlineTokens()).toMatchObject({ refresh_token: expect.any(String), scope: SCOPE });
    expect(await at.tokens()).not.toHaveProperty("refresh_token");
    await at.patchApi({ allow_offline_access: false });
    const without = await offlineTokens();
    expect(without).not.toHaveProperty("refresh_token");
    expect(without.scope).toBe("openid ai:read ai:write");
    await at.patchApi({ allow_offline_access: true });
    await at.patchClient({ grant_types: ["authorization_code"] });
    expect(await offlineTokens()).not.toHaveProperty("refresh_token");
  });

  test("gives new tokens of the organization, which name the grant", async () => {
    const { status, body } = await refresh(await firstToken());
    expect(status).toBe(200);
    const org_id = at.on.organizationId;
    expect(opened(body.access_token).claims).toMatchObject({
      sub: ADA,
      gty: "refresh_token",
      org_id,
      permissions: ["ai:read", "ai:write"],
      scope: SCOPE,
    });
    expect(opened(body.id_token).claims).toMatchObject({ sub: ADA, org_id });
    expect(opened(body.id_token).claims).not.toHaveProperty("nonce");
  });

  test("gives what the client grant says by then, and nothing without one", async () => {
    const policy = (name: string) => ({ subject_type_authorization: { user: { policy: name } } });
    const token = await firstToken();
    await at.patchApi(policy("require_client_grant"));
    const refused = await refresh(token);
    const identifier = "https://ai.example.com";
    expect(refused).toMatchObject({
      status: 403,
      body: {
        error: "access_denied",
        error_description: `Client "${at.on.clientId}" is not authorized to access resource server "${identifier}".`,
      },
    });
    const grant = {
      client_id: at.on.clientId,
      audience: identifier,
      scope: ["ai:read"],
      subject_type: "user",
    };
    await at.target.expectOk("POST", "/client-grants", grant);
    const { body } = await refresh(token);
    expect(opened(body.access_token).claims).toMatchObject({
      permissions: ["ai:read"],
      scope: "openid offline_access ai:read",
    });
  });

  test("can be asked for less, and never for more", async () => {
    const token = await firstToken();
    expect((await refresh(token, { scope: "ai:read fly:kites" })).body.scope).toBe("ai:read");
    expect((await refresh(token)).body.scope).toBe(SCOPE);
  });

  test("gives what the person may do by now", async () => {
    const { target, on } = at;
    const token = await firstToken();
    const roles = `/organizations/${on.organizationId}/members/${ADA}/roles`;
    await target.expectOk("DELETE", roles, { roles: [on.editorRole] });
    await target.expectOk("POST", roles, { roles: [on.readerRole] });
    expect(opened((await refresh(token)).body.access_token).claims.permissions).toEqual(["ai:read"]);
  });

  test("gives nothing to who left the organization, is blocked, or is gone", async () => {
    const { target, on } = at;
    const token = await firstToken();
    await target.expectOk("PATCH", `/users/${ADA}`, { blocked: true });
    expect(await refresh(token)).toMatchObject({ status: 403, body: { error: "unauthorized" } });
    await target.expectOk("PATCH", `/users/${ADA}`, { blocked: false });
    await target.expectOk("DELETE", `/organizations/${on.organizationId}/members`, { members: [ADA] });
    expect(await refresh(token)).toMatchObject({ status: 403, body: { error: "access_denied" } });
    await target.call("DELETE", `/api/v2/users/${ADA}`);
    expect(await refresh(token)).toEqual(REFUSED);
  });

  test("is worth nothing to another application, without the secret, or made up", async () => {
    const token = await firstToken();
    const stranger = await at.newClient({ name: "Other", grant_types: ["refresh_token"] });
    expect(await refresh(token, stranger)).toEqual(REFUSED);
    expect(await refresh(token, { client_secret: "wrong" })).toMatchObject({ status: 401 });
    expect(await refresh("made up")).toEqual(REFUSED);
    expect((await refresh(token)).status).toBe(200);
  });

  test("is kept as a hash only", async () => {
    const token = await firstToken();
    expect(JSON.stringify(at.target.tenant.snapshot())).not.toContain(token);
  });

  test("ends when it is old, and when it was not used for long, where the application says so", async () => {
    await refreshSettings({
      infinite_token_lifetime: false,
      token_lifetime: (10 * DAY) / 1000,
      infinite_idle_token_lifetime: false,
      idle_token_lifetime: (4 * DAY) / 1000,
    });
    const [used, idle] = [await firstToken(), await firstToken()];
    for (const days of [3, 3, 3]) {
      at.now += days * DAY;
      expect((await refresh(used)).status).toBe(200);
    }
    expect(await refresh(idle)).toEqual(REFUSED);
    at.now += 2 * DAY;
    expect(await refresh(used)).toEqual(REFUSED);
  });

  test("can be revoked, by its own application alone", async () => {
    const token = await firstToken();
    const revoke = async (client: Record<string, string>) => {
      const form = new URLSearchParams({ token, ...client }).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return at.target.call("POST", "/oauth/revoke", form, { authorization: null, headers });
    };
    const done = { status: 200, body: undefined };
    expect(await revoke(await at.newClient({ name: "Other" }))).toMatchObject(done);
    expect((await refresh(token)).status).toBe(200);
    expect((await revoke({ ...own(), client_secret: "wrong" })).status).toBe(401);
    expect(await revoke(own())).toMatchObject(done);
    expect(await refresh(token)).toEqual(REFUSED);
    expect((await revoke(own())).status).toBe(200);
  });
});

describe("without rotation", () => {
  test("a refresh token stays the same", async () => {
    const token = await firstToken();
    expect((await refresh(token)).body).not.toHaveProperty("refresh_token");
    expect((await refresh(token)).status).toBe(200);
  });
});

describe("with rotation", () => {
  test("each use gives the next, and one that comes back ends them all", async () => {
    await rotating();
    const first = await firstToken();
    const third = await next(await next(first));
    expect(await refresh(first)).toEqual(REFUSED);
    expect(await refresh(third)).toEqual(REFUSED);
  });

  test("the one before may come back within the leeway, an older one never", async () => {
    await rotating({ leeway: 10 });
    const first = await firstToken();
    const second = await next(first);
    at.now += 9_000;
    const again = await refresh(first);
    expect(again.status).toBe(200);
    await refresh(second);
    expect(await refresh(first)).toEqual(REFUSED);
    expect(await refresh(String(again.body.refresh_token))).toEqual(REFUSED);
  });

  test("the one before may not come back after the leeway", async () => {
    await rotating({ leeway: 10 });
    const first = await firstToken();
    await refresh(first);
    at.now += 10_000;
    expect(await refresh(first)).toEqual(REFUSED);
  });

  test("a family does not live longer for being rotated", async () => {
    await rotating({ infinite_token_lifetime: false, token_lifetime: DAY / 1000 });
    let token = await firstToken();
    for (const hours of [10, 10]) {
      at.now += hours * HOUR;
      token = await next(token);
    }
    at.now += 5 * HOUR;
    expect(await refresh(token)).toEqual(REFUSED);
  });

  test("switched on or off, the tokens of the other kind end with the next use", async () => {
    const [before, forgotten] = [await firstToken(), await firstToken()];
    await rotating();
    const rotated = await next(before);
    expect(rotated).not.toBe("undefined");
    expect(await refresh(forgotten)).toEqual(REFUSED);
    await refreshSettings({ rotation_type: "non-rotating" });
    const last = await next(rotated);
    expect(await refresh(rotated)).toEqual(REFUSED);
    expect((await refresh(last)).body).not.toHaveProperty("refresh_token");
  });
});

/** Claim: a refresh token gives what the person may do by then, as long and as often as the application says. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import { ADA, opened, stage, tokenRequest, tokensFor } from "@ai-api-access/testing/auth0-sign-in.ts";
import type { Stage } from "@ai-api-access/testing/auth0-sign-in.ts";

let target: TestTenant;
let on: Stage;
let staged: ReturnType<TestTenant["tenant"]["snapshot"]>;
let now = 1_800_000_000_000;

beforeAll(async () => {
  target = await startTestTenant({ clock: () => now });
  on = await stage(target, { api: { allow_offline_access: true } });
  staged = target.tenant.snapshot();
});
beforeEach(() => {
  target.tenant.restore(staged);
});
afterAll(async () => {
  await target.close();
});

const SCOPE = "openid offline_access ai:read ai:write";
const DAY = 24 * 3_600_000;

const refreshSettings = (settings: object) =>
  target.expectOk("PATCH", `/clients/${on.clientId}`, { refresh_token: settings });

const rotating = (settings: object = {}) =>
  refreshSettings({ rotation_type: "rotating", expiration_type: "expiring", ...settings });

async function firstToken(): Promise<string> {
  const { refresh_token: token } = await tokensFor(target, on, "ada@example.com", { scope: SCOPE });
  return String(token);
}

const refresh = (token: string, more: Record<string, string> = {}) =>
  tokenRequest(target, {
    grant_type: "refresh_token",
    client_id: on.clientId,
    client_secret: on.clientSecret,
    refresh_token: token,
    ...more,
  });

const REFUSED = {
  status: 403,
  body: { error: "invalid_grant", error_description: "Unknown or invalid refresh token." },
};

describe("a refresh token", () => {
  test("comes with offline_access, where API and application allow it", async () => {
    expect(await tokensFor(target, on, "ada@example.com", { scope: SCOPE })).toMatchObject({
      refresh_token: expect.any(String),
      scope: SCOPE,
    });
    expect(await tokensFor(target, on, "ada@example.com")).not.toHaveProperty("refresh_token");
    const api = `/resource-servers/${encodeURIComponent("https://ai.example.com")}`;
    await target.expectOk("PATCH", api, { allow_offline_access: false });
    const without = await tokensFor(target, on, "ada@example.com", { scope: SCOPE });
    expect(without).not.toHaveProperty("refresh_token");
    expect(without.scope).toBe("openid ai:read ai:write");
    await target.expectOk("PATCH", api, { allow_offline_access: true });
    await target.expectOk("PATCH", `/clients/${on.clientId}`, { grant_types: ["authorization_code"] });
    expect(await tokensFor(target, on, "ada@example.com", { scope: SCOPE })).not.toHaveProperty(
      "refresh_token",
    );
  });

  test("gives new tokens of the organization, which name the grant", async () => {
    const { status, body } = await refresh(await firstToken());
    expect(status).toBe(200);
    expect(opened(body.access_token).claims).toMatchObject({
      sub: ADA,
      gty: "refresh_token",
      org_id: on.organizationId,
      permissions: ["ai:read", "ai:write"],
      scope: SCOPE,
    });
    expect(opened(body.id_token).claims).toMatchObject({ sub: ADA, org_id: on.organizationId });
    expect(opened(body.id_token).claims).not.toHaveProperty("nonce");
  });

  test("can be asked for less, and never for more", async () => {
    const token = await firstToken();
    expect((await refresh(token, { scope: "ai:read fly:kites" })).body.scope).toBe("ai:read");
    expect((await refresh(token)).body.scope).toBe(SCOPE);
  });

  test("gives what the person may do by now", async () => {
    const token = await firstToken();
    const roles = `/organizations/${on.organizationId}/members/${ADA}/roles`;
    await target.expectOk("DELETE", roles, { roles: [on.editorRole] });
    await target.expectOk("POST", roles, { roles: [on.readerRole] });
    expect(opened((await refresh(token)).body.access_token).claims.permissions).toEqual(["ai:read"]);
  });

  test("gives nothing to who left the organization, is blocked, or is gone", async () => {
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
    const other = await target.expectOk("POST", "/clients", {
      name: "Other",
      grant_types: ["refresh_token"],
    });
    const stolen = { client_id: String(other.client_id), client_secret: String(other.client_secret) };
    expect(await refresh(token, stolen)).toEqual(REFUSED);
    expect(await refresh(token, { client_secret: "wrong" })).toMatchObject({ status: 401 });
    expect(await refresh("made up")).toEqual(REFUSED);
    expect((await refresh(token)).status).toBe(200);
  });

  test("is kept as a hash only", async () => {
    expect(JSON.stringify(target.tenant.snapshot())).not.toContain(await firstToken());
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
      now += days * DAY;
      expect((await refresh(used)).status).toBe(200);
    }
    expect(await refresh(idle)).toEqual(REFUSED);
    now += 2 * DAY;
    expect(await refresh(used)).toEqual(REFUSED);
  });

  test("can be revoked, by its own application alone", async () => {
    const token = await firstToken();
    const revoke = async (parameters: Record<string, string>) => {
      const form = new URLSearchParams({ token, ...parameters }).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return target.call("POST", "/oauth/revoke", form, { authorization: null, headers });
    };
    const other = await target.expectOk("POST", "/clients", { name: "Other" });
    const stranger = { client_id: String(other.client_id), client_secret: String(other.client_secret) };
    expect(await revoke(stranger)).toMatchObject({ status: 200, body: undefined });
    expect((await refresh(token)).status).toBe(200);
    expect((await revoke({ client_id: on.clientId, client_secret: "wrong" })).status).toBe(401);
    const own = { client_id: on.clientId, client_secret: on.clientSecret };
    expect(await revoke(own)).toMatchObject({ status: 200, body: undefined });
    expect(await refresh(token)).toEqual(REFUSED);
    expect((await revoke(own)).status).toBe(200);
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
    const second = String((await refresh(first)).body.refresh_token);
    const third = String((await refresh(second)).body.refresh_token);
    expect(await refresh(first)).toEqual(REFUSED);
    expect(await refresh(third)).toEqual(REFUSED);
  });

  test("the one before may come back within the leeway, an older one never", async () => {
    await rotating({ leeway: 10 });
    const first = await firstToken();
    const second = String((await refresh(first)).body.refresh_token);
    now += 9_000;
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
    now += 10_000;
    expect(await refresh(first)).toEqual(REFUSED);
  });

  test("a family does not live longer for being rotated", async () => {
    await rotating({ infinite_token_lifetime: false, token_lifetime: DAY / 1000 });
    let token = await firstToken();
    for (let hours = 0; hours < 20; hours += 10) {
      now += 10 * 3_600_000;
      token = String((await refresh(token)).body.refresh_token);
    }
    now += 5 * 3_600_000;
    expect(await refresh(token)).toEqual(REFUSED);
  });

  test("switched on or off, the tokens of the other kind end with the next use", async () => {
    const [before, forgotten] = [await firstToken(), await firstToken()];
    await rotating();
    const next = String((await refresh(before)).body.refresh_token);
    expect(next).not.toBe("undefined");
    expect(await refresh(forgotten)).toEqual(REFUSED);
    await refreshSettings({ rotation_type: "non-rotating" });
    const last = String((await refresh(next)).body.refresh_token);
    expect(await refresh(next)).toEqual(REFUSED);
    expect((await refresh(last)).body).not.toHaveProperty("refresh_token");
  });
});

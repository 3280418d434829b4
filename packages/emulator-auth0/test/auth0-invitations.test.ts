/** Claim: an invitation lets in the person that it is for, with its roles, once. */
import { beforeEach, expect, test } from "@jest/globals";
import { Browser, callbackParameters, GRACE, PASSWORD } from "@ai-api-access/testing/auth0-sign-in.ts";
import { record, records } from "@ai-api-access/testing/auth0-tenant.ts";
import { SharedStage } from "./stage.ts";

const at = new SharedStage();
const path = () => `/organizations/${at.on.organizationId}/invitations`;
const NEW = "new@example.com";
const REFUSED = { error: "invalid_request", error_description: "invitation not found or already used" };

beforeEach(async () => {
  await at.patchClient({ initiate_login_uri: "https://console.example.com/login" });
});

async function invite(email: string, more: object = {}): Promise<string> {
  const body = {
    inviter: { name: "The stack" },
    invitee: { email },
    client_id: at.on.clientId,
    roles: [at.on.readerRole],
    send_invitation_email: false,
    ...more,
  };
  return String((await at.target.expectOk("POST", path(), body)).ticket_id);
}

const open = async () => (await at.target.call("GET", `/api/v2${path()}`)).body;

test("an unknown person makes an account, where nobody else may, and is a member with the roles", async () => {
  await at.target.expectOk("PATCH", `/connections/${at.on.connectionId}`, {
    options: { disable_signup: true },
  });
  await at.target.expectOk("PATCH", at.link, { is_signup_enabled: false });
  const invitation = await invite(NEW, { user_metadata: { team: "blue" } });
  const browser = new Browser(at.target);
  const page = await at.page(browser, { invitation });
  expect(page.text).toContain("Sign up to");
  expect(page.text).toContain(`value="${NEW}"`);
  const { code } = callbackParameters(
    await browser.submit(page, { email: NEW, password: "Only-for-a-test-1" }),
  );
  const { body } = await at.token(at.codeRequest(code));
  expect(body.scope).toBe("openid profile email ai:read");
  const { body: users } = await at.target.call("GET", `/api/v2/users-by-email?email=${NEW}`);
  expect(users).toMatchObject([{ user_metadata: { team: "blue" } }]);
  expect(await open()).toEqual([]);
});

test("another email address is not taken for the account", async () => {
  const browser = new Browser(at.target);
  const page = await at.page(browser, { invitation: await invite(NEW) });
  const refused = await browser.submit(page, { email: "other@example.com", password: "Only-for-a-test-1" });
  expect([refused.status, refused.text]).toEqual([
    400,
    expect.stringContaining(`The invitation is for ${NEW}`),
  ]);
});

test("somebody with an account signs in, and a session of somebody else does not do", async () => {
  const invitation = await invite("alan@example.com");
  const browser = await at.signedIn();
  const page = await at.page(browser, { invitation });
  expect(page.text).toContain("Log in to");
  const wrong = await browser.submit(page, { username: "grace@example.com", password: PASSWORD });
  expect(callbackParameters(wrong)).toMatchObject({ error: "access_denied" });
  expect(await at.signIn("alan@example.com", { invitation })).toHaveProperty("code");
  expect(await at.members()).toHaveLength(3);
});

test("a member who is invited gets the roles besides the own", async () => {
  const tokens = await at.tokens("grace@example.com", {
    invitation: await invite("grace@example.com", { roles: [at.on.editorRole] }),
  });
  expect(tokens.scope).toBe("openid profile email ai:read ai:write");
  const { body } = await at.target.call(
    "GET",
    `/api/v2/organizations/${at.on.organizationId}/members/${GRACE}/roles`,
  );
  expect(body).toHaveLength(2);
});

test("it works once, in time, for its own organization and application, and until it is withdrawn", async () => {
  const invitation = await invite("alan@example.com", { ttl_sec: 60 });
  expect(await at.answer({ invitation: "another" })).toMatchObject(REFUSED);
  expect(await at.answer({ invitation, organization: "" })).toMatchObject({ error: "invalid_request" });
  at.now += 61_000;
  expect(await at.answer({ invitation })).toMatchObject(REFUSED);
  at.now -= 61_000;
  await at.signIn("alan@example.com", { invitation });
  expect(await at.answer({ invitation })).toMatchObject(REFUSED);
  const withdrawn = await invite(NEW);
  const [left] = records(await open());
  await at.target.expectOk("DELETE", `${path()}/${String(left?.id)}`);
  expect(await at.answer({ invitation: withdrawn })).toMatchObject(REFUSED);
});

test("without a way to begin the login nobody can be invited", async () => {
  await at.patchClient({ initiate_login_uri: null });
  const body = { inviter: { name: "x" }, invitee: { email: NEW }, client_id: at.on.clientId };
  const answer = await at.target.call("POST", `/api/v2${path()}`, body);
  expect([answer.status, record(answer.body).message]).toEqual([
    400,
    expect.stringContaining("A default login route is required to generate the invitation url"),
  ]);
});

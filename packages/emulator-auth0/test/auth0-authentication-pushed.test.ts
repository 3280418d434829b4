/** Claim: an application can send its authorization request itself, and one that has to is refused without (RFC 9126). */
import { beforeEach, expect, test } from "@jest/globals";
import {
  authorizePath,
  Browser,
  CALLBACK,
  callbackParameters,
  PASSWORD,
} from "@ai-api-access/testing/auth0-sign-in.ts";
import { record } from "@ai-api-access/testing/auth0-tenant.ts";
import { SharedStage } from "./stage.ts";

const at = new SharedStage();
beforeEach(() => at.patchSettings({ pushed_authorization_requests_supported: true }));

/** The parameters that a browser would bring, and the client's secret. */
const asked = (more: Record<string, string> = {}) => ({
  ...Object.fromEntries(new URL(authorizePath(at.on), "https://localhost").searchParams),
  client_secret: at.on.clientSecret,
  ...more,
});

function push(parameters: Record<string, string> = asked()) {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const form = new URLSearchParams(parameters).toString();
  return at.target.call("POST", "/oauth/par", form, { authorization: null, headers });
}

async function pushed(more: Record<string, string> = {}): Promise<string> {
  const { status, body } = await push(asked(more));
  expect({ status, body }).toEqual({
    status: 201,
    body: {
      request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]+$/),
      expires_in: 30,
    },
  });
  return String(record(body).request_uri);
}

/** The path that an application sends a browser to. */
const path = (request_uri: string, client_id = at.on.clientId) =>
  `/authorize?${new URLSearchParams({ client_id, request_uri }).toString()}`;

const REQUIRED = {
  error: "invalid_request",
  error_description: "Pushed Authorization Requests are required for this client",
};

test("an application that has to push its requests is refused without, and answered with", async () => {
  await at.patchClient({ require_pushed_authorization_requests: true });
  const browser = await signedIn();
  expect(await at.answer({}, browser)).toMatchObject(REQUIRED);
  const answer = await browser.get(path(await pushed({ state: "pushed" })));
  expect(callbackParameters(answer)).toEqual({ code: expect.any(String), state: "pushed" });
  await at.patchClient({ require_pushed_authorization_requests: false });
  expect(await at.answer({}, browser)).toHaveProperty("code");
});

/** A browser in which Ada is signed in, by a pushed request. */
async function signedIn(): Promise<Browser> {
  const browser = new Browser(at.target);
  const page = await browser.follow(await browser.get(path(await pushed())));
  await browser.submit(page, { username: "ada@example.com", password: PASSWORD });
  return browser;
}

test("a pushed request counts for its own application, once, for 30 seconds", async () => {
  const refused = { status: 400, text: expect.stringContaining("unknown, used or expired") };
  const browser = new Browser(at.target);
  const uri = await pushed();
  const other = await at.newClient({ name: "Other", callbacks: [CALLBACK] });
  expect(await browser.get(path(uri, other.client_id))).toMatchObject(refused);
  expect(await browser.get(path(uri))).toMatchObject({ status: 302 });
  expect(await browser.get(path(uri))).toMatchObject(refused);
  const late = await pushed();
  at.now += 31_000;
  expect(await browser.get(path(late))).toMatchObject(refused);
});

test("what is wrong with a request is said before a browser comes", async () => {
  const refusalOf = async (more: Record<string, string>) => {
    const { status, body } = await push(asked(more));
    const { error, error_description } = record(body);
    return `${String(status)} ${String(error)}: ${String(error_description)}`;
  };
  expect(await refusalOf({ client_secret: "wrong" })).toBe("401 access_denied: Unauthorized");
  expect(await refusalOf({ response_type: "token" })).toBe(
    "400 unsupported_response_type: Unsupported response type: token",
  );
  expect(await refusalOf({ redirect_uri: "https://evil.example" })).toMatch(
    /^400 invalid_request: Callback URL mismatch/,
  );
  expect(await refusalOf({ request_uri: "urn:x" })).toBe(
    "400 invalid_request: request_uri is not allowed here",
  );
  await at.patchClient({ token_endpoint_auth_method: "none" });
  expect(await refusalOf({})).toBe(
    "403 unauthorized_client: Pushed Authorization Requests are not supported for public clients.",
  );
});

test("a tenant takes pushed requests, and says where, once it allows them", async () => {
  const discovered = async () => {
    const { body } = await at.target.call("GET", "/.well-known/openid-configuration");
    return record(body).pushed_authorization_request_endpoint;
  };
  expect(await discovered()).toBe(`${at.target.tenant.origin}/oauth/par`);
  await at.patchSettings({ pushed_authorization_requests_supported: false });
  expect(await discovered()).toBeUndefined();
  expect((await push()).status).toBe(403);
});

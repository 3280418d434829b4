/** How the verifier gets the issuers' keys, how long it keeps them, and how little it asks for them. */
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { newSigningKey } from "../testing/local-issuer.ts";
import { withToken, refusal, serve, stopClock, type Served } from "./support/served.ts";

const COOLDOWN = 30_000;
const MAX_AGE = 600_000;
const UNKNOWN_KEY = "no applicable key found in the JSON Web Key Set";
const UNAVAILABLE = { error: "temporarily_unavailable", status: 503 };

let api: Served;
beforeEach(async () => {
  stopClock();
  api = await serve();
});
afterEach(() => {
  jest.restoreAllMocks();
  return api.close();
});

test("keys are asked for once, and not before a token comes", async () => {
  const { verify, makerFor, issuers } = api;
  expect(issuers.okta.keyRequests).toBe(0);
  const token = makerFor("okta").token();
  await Promise.all(Array.from({ length: 20 }, () => verify(token)));
  await verify(token);
  expect(issuers.okta.keyRequests).toBe(1);
  expect(issuers.auth0.keyRequests).toBe(0);
});

test("keys are asked for again when a token names a new one, and the old one goes on working", async () => {
  const { verify, makerFor, issuers } = api;
  const { token } = makerFor("auth0");
  const before = token();
  await verify(before);
  jest.advanceTimersByTime(COOLDOWN);
  issuers.auth0.rotate();
  expect((await verify(token())).vendor).toBe("auth0");
  expect((await verify(before)).vendor).toBe("auth0");
  expect(issuers.auth0.keyRequests).toBe(2);
});

test("keys that were taken back are forgotten within ten minutes", async () => {
  const { verify, makerFor, issuers } = api;
  const before = makerFor("auth0").token();
  await verify(before);
  issuers.auth0.rotate();
  issuers.auth0.keys = issuers.auth0.keys.slice(0, 1);
  jest.advanceTimersByTime(MAX_AGE);
  expect(await refusal(verify, before)).toBe(UNKNOWN_KEY);
});

test("tokens that name unknown keys cost one request in half a minute", async () => {
  const { verify, makerFor, issuers } = api;
  const { token } = makerFor("auth0");
  await verify(token());
  const flood = async () => {
    for (let number = 0; number < 50; number++) {
      expect(await refusal(verify, token({}, { kid: `unknown-${String(number)}` }))).toBe(UNKNOWN_KEY);
    }
  };
  await flood();
  expect(issuers.auth0.keyRequests).toBe(1);
  jest.advanceTimersByTime(COOLDOWN);
  await flood();
  expect(issuers.auth0.keyRequests).toBe(2);
});

test("keys that cannot be had are a 503 that says when to come again, and work when they can be had", async () => {
  const { ask, makerFor, issuers } = api;
  const request = withToken(makerFor("okta").token());
  issuers.okta.failure = { status: 500, body: "" };
  const answer = await ask(request);
  expect(answer.status).toBe(503);
  expect(answer.headers["retry-after"]).toBe("30");
  expect(answer.body).not.toContain(issuers.okta.issuer);
  // The other issuer's callers notice nothing.
  expect((await ask(withToken(makerFor("auth0").token()))).status).toBe(200);
  issuers.okta.failure = undefined;
  jest.advanceTimersByTime(COOLDOWN);
  expect((await ask(request)).status).toBe(200);
});

test.each([
  { name: "an error", failure: { status: 500, body: "" } },
  { name: "a redirect", failure: { status: 302, body: "" } },
  { name: "no JSON", failure: { status: 200, body: "<html>" } },
  { name: "no key set", failure: { status: 200, body: '{"keys":{}}' } },
  { name: "more than 64 KiB", failure: { status: 200, body: `{"keys":[],"x":"${"x".repeat(65_536)}"}` } },
])(
  "an issuer that answers with $name is asked once in half a minute, whatever tokens come",
  async ({ failure }) => {
    const { verify, makerFor, issuers } = api;
    const { token } = makerFor("auth0");
    issuers.auth0.failure = failure;
    const flood = async () => {
      for (let number = 0; number < 50; number++) {
        await expect(verify(token({}, { kid: `unknown-${String(number)}` }))).rejects.toMatchObject(
          UNAVAILABLE,
        );
      }
    };
    await flood();
    expect(issuers.auth0.keyRequests).toBe(1);
    jest.advanceTimersByTime(COOLDOWN);
    await flood();
    expect(issuers.auth0.keyRequests).toBe(2);
  },
);

test("good tokens go on working for as long as the keys are kept, while the issuer fails", async () => {
  const { verify, makerFor, issuers } = api;
  const { token } = makerFor("auth0");
  const good = token();
  await verify(good);
  issuers.auth0.failure = { status: 500, body: "" };
  jest.advanceTimersByTime(COOLDOWN);
  await expect(verify(token({}, { kid: "unknown" }))).rejects.toMatchObject(UNAVAILABLE);
  expect((await verify(good)).vendor).toBe("auth0");
  jest.advanceTimersByTime(MAX_AGE);
  await expect(verify(good)).rejects.toMatchObject(UNAVAILABLE);
});

test("a key of less than 2048 bits is not used", async () => {
  const { verify, makerFor, issuers } = api;
  issuers.auth0.keys = [newSigningKey(1024)];
  await expect(verify(makerFor("auth0").token())).rejects.toMatchObject(UNAVAILABLE);
});

test.each([1, 3, 65_536])("a key whose exponent is %d is not used", async (exponent) => {
  const { verify, makerFor, issuers } = api;
  const e = Buffer.from(exponent.toString(16).padStart(6, "0"), "hex").toString("base64url");
  const { kid, publicKey } = issuers.auth0.key;
  const key = { ...publicKey.export({ format: "jwk" }), kid, use: "sig", e };
  issuers.auth0.failure = { status: 200, body: JSON.stringify({ keys: [key] }) };
  await expect(verify(makerFor("auth0").token())).rejects.toMatchObject(UNAVAILABLE);
});

test("keys that have not come whole within five seconds are not waited for", async () => {
  const { verify, makerFor, issuers } = api;
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const asked: number[] = [];
  jest.spyOn(AbortSignal, "timeout").mockImplementation((milliseconds) => {
    asked.push(milliseconds);
    return timeout(50);
  });
  issuers.auth0.failure = { status: 200, body: '{"keys":', unfinished: true };
  await expect(verify(makerFor("auth0").token())).rejects.toMatchObject(UNAVAILABLE);
  expect(asked).toEqual([5000]);
});

/** Claim: the stand-ins talk to this machine only, escape as Go does, and retry as the official plugins do. */
import { describe, expect, test } from "@jest/globals";
import { auth0Retry } from "../src/auth0/retry.ts";
import { query, segment } from "../src/http/escape.ts";
import { loopbackOrigin } from "../src/http/loopback.ts";
import type { HttpResponse } from "../src/http/send.ts";
import { oktaRetry } from "../src/okta/retry.ts";

const official = { name: "auth0", version: "3.49.0" };
const origin = (address: string) => loopbackOrigin(address, "auth0:domain", official);
const answer = (status: number, headers: Record<string, string> = {}) => ({
  response: { status, headers, text: "" } satisfies HttpResponse,
});
const cut = { failure: Object.assign(new Error("cut"), { code: "ECONNRESET" }) };

describe("the host", () => {
  test.each([
    ["localhost:4443", "https://localhost:4443"],
    ["127.0.0.1:1", "https://127.0.0.1:1"],
    ["[::1]:4443", "https://[::1]:4443"],
    ["http://localhost:4480/", "http://localhost:4480"],
    ["https://LOCALHOST", "https://localhost"],
  ])("%s is this machine", (address, wanted) => {
    expect(origin(address)).toBe(wanted);
  });

  test.each([
    "acme.eu.auth0.com",
    "localhost.example.com",
    "localhost:4443@acme.eu.auth0.com",
    "acme.eu.auth0.com#localhost",
    "127.0.0.2",
    "0.0.0.0",
    "ftp://localhost",
    "",
  ])("%s is refused", (address) => {
    expect(() => origin(address)).toThrow(
      /stand-in .* local twin only[^]*pulumi plugin install resource auth0 3\.49\.0/,
    );
  });

  test("a refusal shows no password", () => {
    expect(() => origin("http://user:hush@proxy.example.com")).toThrow(/"http:\/\/…@proxy\.example\.com"/);
  });
});

describe("addresses", () => {
  test("path segments are escaped as Go does", () => {
    expect(segment("https://ai.example.com")).toBe("https:%2F%2Fai.example.com");
    expect(segment("auth0|a b")).toBe("auth0%7Ca%20b");
  });

  test("query parameters come in the order of their names, without the absent ones", () => {
    expect(query({ q: 'email:"a@b"', per_page: 50, from: undefined })).toBe(
      "?per_page=50&q=email%3A%22a%40b%22",
    );
    expect(query({ from: undefined })).toBe("");
  });
});

describe("trying again", () => {
  test("Auth0: a 429 is waited out until its reset, however often it comes", () => {
    const retry = auth0Retry();
    const reset = Math.ceil(Date.now() / 1000) + 1000;
    for (let attempt = 1; attempt < 20; attempt += 1) {
      const wait = retry(answer(429, { "x-ratelimit-reset": String(reset) }), attempt);
      expect(wait).toBeGreaterThan(500_000);
      expect(wait).toBeLessThanOrEqual(1_001_000);
    }
    expect(retry(answer(429, { "x-ratelimit-reset": "1" }), 20)).toBe(0);
    expect(retry(answer(429), 21)).toBe(5000);
  });

  test("Auth0: a passing server error or a cut connection is tried three times more", () => {
    const retry = auth0Retry();
    for (const outcome of [answer(503), cut, answer(500)])
      expect(retry(outcome, 1)).toBeGreaterThanOrEqual(500);
    expect(retry(answer(503), 4)).toBeUndefined();
  });

  test.each([200, 302, 400, 404, 409, 501])("Auth0: a %i is taken as it is", (status) => {
    expect(auth0Retry()(answer(status), 1)).toBeUndefined();
  });

  test("Okta: only a 429 with both headers is tried again, a second after the reset, five times", () => {
    const date = new Date(1_800_000_000_000).toUTCString();
    const limited = answer(429, { date, "x-rate-limit-reset": "1800000002" });
    expect([1, 2, 3, 4, 5, 6].map((attempt) => oktaRetry()(limited, attempt))).toEqual([
      ...Array<number>(5).fill(3000),
      undefined,
    ]);
    expect(oktaRetry()(answer(429), 1)).toBeUndefined();
    expect(oktaRetry()(answer(503), 1)).toBeUndefined();
  });
});

/** Claim: what a tenant says becomes the roster's own errors, in the vendor's words and with what to do next. */
import { afterEach, expect, jest, test } from "@jest/globals";
import { UNKNOWN } from "@ai-api-access/provider-kit";
import { auth0Client } from "@ai-api-access/tenant-clients";
import { auth0Tenant, connect } from "../src/auth0.ts";

const settings = { domain: "acme.us.auth0.com", credentials: { kind: "token", token: "t" } } as const;
const URL = "https://acme.us.auth0.com/api/v2/organizations/org_1/members";

afterEach(() => {
  jest.restoreAllMocks();
});

/** A tenant that answers each request so, or not at all. */
function tenant(reply: { status: number; message: string } | undefined, signal?: AbortSignal) {
  jest
    .spyOn(globalThis, "fetch")
    .mockImplementation(() =>
      reply === undefined
        ? Promise.reject(new TypeError("fetch failed", { cause: new Error("read ECONNRESET") }))
        : Promise.resolve(Response.json({ message: reply.message }, { status: reply.status })),
    );
  return auth0Tenant(auth0Client(settings, { retries: 0, signal }));
}

test.each([
  [
    "a refusal is about this request",
    { status: 400, message: "The user does not exist." },
    { name: "Refused", status: 400, message: "The user does not exist." },
  ],
  [
    "a missing permission stops the run and is named",
    { status: 403, message: "Insufficient scope" },
    {
      name: "Halted",
      unconfirmed: false,
      message: expect.stringMatching(/Insufficient scope \(HTTP 403\); next: give .*organization_members;/),
    },
  ],
  [
    "a failing tenant may have done it",
    { status: 503, message: "Try later" },
    { name: "Halted", unconfirmed: true, message: `POST ${URL}: Try later (HTTP 503)` },
  ],
  [
    "a tenant that does not answer may have done it",
    undefined,
    {
      name: "Halted",
      unconfirmed: true,
      message: expect.stringMatching(/gives no answer: read ECONNRESET; next: check auth0:domain/),
    },
  ],
])("%s", async (_, reply, error) => {
  await expect(tenant(reply).addMembers("org_1", ["auth0|ada"])).rejects.toMatchObject(error);
});

test("an organization that is not there is told from a person who is not", async () => {
  const missing = tenant({ status: 404, message: "No organization found" });
  await expect(missing.members("org_1")).rejects.toMatchObject({
    name: "NoOrganization",
    message: "Auth0 has no organization org_1: No organization found",
  });
  await expect(missing.removeRoles("org_1", "auth0|ada", ["rol_1"])).rejects.toMatchObject({
    name: "Refused",
    status: 404,
  });
});

test("once it is stopped nothing is sent", async () => {
  const stop = new AbortController();
  stop.abort(new Error("the engine asked to stop"));
  await expect(
    tenant({ status: 204, message: "" }, stop.signal).addMembers("org_1", ["auth0|ada"]),
  ).rejects.toMatchObject({
    name: "Halted",
    unconfirmed: false,
    message: "Stopped before https://acme.us.auth0.com answered",
  });
  expect(fetch).not.toHaveBeenCalled();
});

test("what is wrong with the settings is said with what to set", () => {
  const connecting = (domain: string | typeof UNKNOWN) => () =>
    connect({ domain, apiToken: "" }, { onWait: () => undefined });
  expect(connecting(UNKNOWN)).toThrow("auth0:domain is not known yet, and the roster cannot wait for it");
  expect(connecting("acme.us.auth0.com")).toThrow(
    /^there are no credentials for Auth0; next: set auth0:clientId and auth0:clientSecret/,
  );
});

test("waits are reported from two seconds on", async () => {
  const waits: number[] = [];
  const stop = new AbortController();
  const limited = (after: string) => new Response("{}", { status: 429, headers: { "retry-after": after } });
  const replies = [limited("1.2"), limited("60")];
  jest.spyOn(globalThis, "fetch").mockImplementation(() => Promise.resolve(replies.shift() ?? limited("60")));
  const onWait = (seconds: number): void => {
    waits.push(seconds);
    stop.abort();
  };
  const { domain } = settings;
  const tenant = connect({ domain, apiToken: "t" }, { signal: stop.signal, onWait });
  await expect(tenant.members("org_1")).rejects.toMatchObject({ name: "Halted" });
  expect(waits).toEqual([60]);
});

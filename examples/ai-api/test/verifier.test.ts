/** What the verifier lets in, and how it keeps keys. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { KeysUnavailable } from "../verifier/index.ts";
import type { Claims } from "../testing/local-issuer.ts";
import type { Vendor } from "./corpus/row.ts";
import { READ, refusal, serve, WRITE, type Served } from "./support/served.ts";

const VENDORS = ["auth0", "okta"] as const satisfies Vendor[];
const BOTH = ["ai:read", "ai:write"];

/** Runs a test with an API of its own, whose issuers it may bend. */
async function withApi(
  work: (api: Served) => Promise<void>,
  options?: Parameters<typeof serve>[0],
): Promise<void> {
  const api = await serve(options);
  try {
    await work(api);
  } finally {
    await api.close();
  }
}

let api: Served;
beforeAll(async () => {
  api = await serve();
});
afterAll(() => api.close());

describe("good tokens", () => {
  test.each(VENDORS)("of %s read and write", async (vendor) => {
    const token = api.makerFor(vendor).token();
    expect((await api.ask(READ, token)).status).toBe(200);
    expect((await api.ask(WRITE, token)).status).toBe(201);
  });

  test.each(VENDORS)("of %s that allow reading alone read, and do not write", async (vendor) => {
    const token = api.makerFor(vendor).token({ permissions: ["ai:read"], scp: ["ai:read"] });
    expect((await api.ask(READ, token)).status).toBe(200);
    const refused = await api.ask(WRITE, token);
    expect(refused.status).toBe(403);
    expect(refused.headers["www-authenticate"]).toContain('error="insufficient_scope"');
    expect(refused.headers["www-authenticate"]).toContain('scope="ai:write"');
  });

  test("say who bears them", async () => {
    expect(await api.verify(api.makerFor("auth0").token())).toMatchObject({
      vendor: "auth0",
      subject: "auth0|64f0000000000000000000a1",
      permissions: BOTH,
    });
    const { clientId } = api.issuers.config.okta;
    expect(await api.verify(api.makerFor("okta").token())).toMatchObject({
      vendor: "okta",
      subject: clientId,
    });
  });

  const machine = { sub: "client@clients", azp: "client" };
  interface GoodRow {
    readonly name: string;
    readonly claims?: (now: number, iss: string) => Claims;
    readonly header?: Claims;
  }
  test.each<GoodRow>([
    {
      name: "a person who asked for openid too",
      claims: (_, iss) => ({ aud: ["https://ai.example.com", `${iss}userinfo`] }),
    },
    {
      name: "a person of the RFC 9068 profile",
      claims: () => ({ azp: undefined, client_id: "client" }),
      header: { typ: "at+jwt" },
    },
    { name: "a person whose token names its type in full", header: { typ: "application/AT+JWT" } },
    { name: "a person at the end of the leeway", claims: (now) => ({ exp: now - 4 }) },
    { name: "a person whose issuer's clock is ahead", claims: (now) => ({ iat: now + 5, nbf: now + 5 }) },
    { name: "a machine", claims: () => ({ ...machine, gty: "client-credentials" }) },
    { name: "a machine of an API without RBAC", claims: () => ({ ...machine, permissions: undefined }) },
  ])("of Auth0 are let in for $name", async ({ claims, header }) => {
    const { issuer, token } = api.makerFor("auth0");
    const good = token(claims?.(api.now, issuer.issuer), header);
    expect((await api.verify(good)).permissions).toEqual(BOTH);
  });

  test("come under Bearer in any case, and with more than one blank", async () => {
    const token = api.makerFor("okta").token();
    for (const value of [`bearer ${token}`, `BEARER   ${token}`]) {
      expect((await api.ask({ ...READ, headers: ["authorization", value] })).status).toBe(200);
    }
  });
});

describe("keys", () => {
  test("are asked for once, and not before a token comes", () =>
    withApi(async ({ verify, makerFor, issuers }) => {
      expect(issuers.okta.keyRequests).toBe(0);
      const token = makerFor("okta").token();
      await Promise.all(Array.from({ length: 20 }, () => verify(token)));
      await verify(token);
      expect(issuers.okta.keyRequests).toBe(1);
      expect(issuers.auth0.keyRequests).toBe(0);
    }));

  test("are asked for again when a token names a new one, and the old one goes on working", () =>
    withApi(
      async ({ verify, makerFor, issuers }) => {
        const { token } = makerFor("auth0");
        const before = token();
        await verify(before);
        issuers.auth0.rotate();
        expect((await verify(token())).permissions).toEqual(BOTH);
        expect((await verify(before)).permissions).toEqual(BOTH);
        expect(issuers.auth0.keyRequests).toBe(2);
      },
      { keysCooldown: 0 },
    ));

  test("that were taken back are forgotten when they are asked for again", () =>
    withApi(
      async ({ verify, makerFor, issuers: { auth0 } }) => {
        const before = makerFor("auth0").token();
        await verify(before);
        auth0.rotate();
        auth0.keys = auth0.keys.slice(0, 1);
        expect(await refusal(verify, before)).toBe("unknown key");
      },
      { keysMaxAge: 0, keysCooldown: 0 },
    ));

  test("are not asked for by a flood of tokens that name unknown ones", () =>
    withApi(async ({ verify, makerFor, issuers }) => {
      const { token } = makerFor("auth0");
      await verify(token());
      for (let number = 0; number < 50; number++) {
        expect(await refusal(verify, token({}, { kid: `unknown-${String(number)}` }))).toBe("unknown key");
      }
      expect(issuers.auth0.keyRequests).toBe(1);
    }));

  test("that cannot be had are a 503 that tells to come again, and work when they can be had", () =>
    withApi(async ({ verify, ask, makerFor, issuers }) => {
      const token = makerFor("okta").token();
      issuers.okta.broken = true;
      await expect(verify(token)).rejects.toThrow(KeysUnavailable);
      const answer = await ask(READ, token);
      expect(answer.status).toBe(503);
      expect(answer.headers["retry-after"]).toBe("5");
      expect(answer.body).not.toContain(issuers.okta.origin);
      // The other issuer's callers notice nothing.
      expect((await ask(READ, makerFor("auth0").token())).status).toBe(200);
      issuers.okta.broken = false;
      expect((await ask(READ, token)).status).toBe(200);
    }));
});

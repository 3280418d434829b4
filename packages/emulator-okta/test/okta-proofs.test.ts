/** Tokens of the local Okta org that are bound to a key (DPoP): who gets them, and that they are of no use without it. */
import { createHash, randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { calculateJwkThumbprint, decodeJwt, SignJWT } from "jose";
import {
  addClient,
  addServer,
  allow,
  assertionClaims,
  endpoint,
  newSigner,
  post,
  refusalOf,
  sign,
  tokenOf,
  withAssertion,
  withSecret,
} from "@ai-api-access/testing/okta-oauth.ts";
import type { Client, Signer } from "@ai-api-access/testing/okta-oauth.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";
import type { Answer } from "@ai-api-access/testing/okta-tenant.ts";

let now = Date.now();
const org = TestOrg.use({ clock: () => now });
const [key, other] = [newSigner("proofs"), newSigner("others")];
const DAY = 86_400_000;

interface Changes {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly signer?: Signer;
}

/** A good proof for a request, with changes; `undefined` takes a claim out. */
function proof(
  method: string,
  path: string,
  { header, claims, signer = key }: Changes = {},
): Promise<string> {
  const about = { htm: method, htu: `${org.tenant.origin}${path}`, jti: randomUUID() };
  return new SignJWT({ ...about, iat: Math.floor(now / 1000), ...claims })
    .setProtectedHeader({ typ: "dpop+jwt", alg: signer.alg, jwk: signer.jwk, ...header })
    .sign(signer.key);
}

describe("for a token", () => {
  let client: Client;
  let path: string;
  let nonce: string;
  beforeAll(async () => {
    client = await addClient(org, { oauthClient: { dpop_bound_access_tokens: true } });
    const server = await addServer(org);
    await allow(org, server);
    path = endpoint(server, "token");
  });
  beforeEach(async () => {
    now = Date.now();
    [nonce = ""] = (await ask(await proof("POST", path))).headers["dpop-nonce"] ?? [];
  });

  const ask = (dpop?: string) =>
    org.send("POST", path, {
      form: withSecret(client, "ai:read"),
      authorization: null,
      headers: dpop === undefined ? {} : { dpop },
    });
  const named = (changes: Changes = {}) =>
    proof("POST", path, { ...changes, claims: { nonce, ...changes.claims } });

  test("an app that has to prove a key is asked for a proof, then for a nonce in it, and gets a bound token", async () => {
    expect(refusalOf(await ask())).toBe("400 invalid_dpop_proof: The DPoP proof JWT header is missing.");
    const first = await ask(await proof("POST", path, { claims: { jti: undefined } }));
    expect(refusalOf(first)).toBe("400 use_dpop_nonce: Authorization server requires nonce in DPoP proof.");
    expect(first.headers["dpop-nonce"]).toEqual([nonce]);
    const { token_type, access_token } = tokenOf(await ask(await named()));
    expect(token_type).toBe("DPoP");
    expect(decodeJwt(access_token).cnf).toEqual({ jkt: await calculateJwkThumbprint(key.jwk) });
    const form = { client_id: client.id, client_secret: client.secret, token: access_token };
    expect((await post(org, path.replace("token", "introspect"), form)).body).toMatchObject({
      active: true,
      token_type: "DPoP",
      cnf: { jkt: expect.any(String) },
    });
  });

  test("another app is not asked, and its token is bound to nothing", async () => {
    const form = withSecret(await addClient(org), "ai:read");
    const answer = await org.send("POST", path, { form, authorization: null, headers: { dpop: "junk" } });
    expect(tokenOf(answer).token_type).toBe("Bearer");
  });

  test("a nonce is good for three days, though there is another one every day", async () => {
    now += 2 * DAY;
    expect((await ask(await named())).status).toBe(200);
    const [next] = (await ask(await proof("POST", path))).headers["dpop-nonce"] ?? [];
    expect(next).not.toBe(nonce);
    now += DAY;
    expect(refusalOf(await ask(await named()))).toMatch(/^400 use_dpop_nonce/);
  });

  const { key: privateKey } = other;
  const withPrivateKey = { ...key.jwk, d: privateKey.export({ format: "jwk" }).d };
  const seconds = () => Math.floor(now / 1000);
  test.each<[string, () => Changes | string, string]>([
    ["no JWT", () => "junk", "The DPoP proof JWT cannot be parsed."],
    ["two of them", () => "a.b.c, d.e.f", "Multiple DPoP proof JWT headers are not allowed."],
    ["another type", () => ({ header: { typ: "JWT" } }), "'typ' must be 'dpop+jwt' in the DPoP proof JWT."],
    ["no key", () => ({ header: { jwk: undefined } }), "The DPoP proof JWT is invalid."],
    [
      "a private key",
      () => ({ header: { jwk: withPrivateKey } }),
      "The DPoP proof JWT signature is invalid.",
    ],
    [
      "the key of another",
      () => ({ header: { jwk: other.jwk } }),
      "The DPoP proof JWT signature is invalid.",
    ],
    ["another method", () => ({ claims: { htm: "GET" } }), "'htm' claim in the DPoP proof JWT is invalid."],
    [
      "another address",
      () => ({ claims: { htu: `${org.tenant.origin}/oauth2/v1/token` } }),
      "'htu' claim in the DPoP proof JWT is invalid.",
    ],
    ["no time", () => ({ claims: { iat: undefined } }), "'iat' claim in the DPoP proof JWT is invalid."],
    [
      "a time to come",
      () => ({ claims: { iat: seconds() + 1 } }),
      "The DPoP proof JWT is issued in the future.",
    ],
    [
      "an old time",
      () => ({ claims: { iat: seconds() - 301 } }),
      "The DPoP proof JWT is issued more than five minutes in the past.",
    ],
    ["an end", () => ({ claims: { exp: seconds() } }), "The DPoP proof JWT is expired."],
    ["no name", () => ({ claims: { jti: undefined } }), "'jti' claim in the DPoP proof JWT is invalid."],
  ])("a proof with %s is refused in Okta's words", async (_, changes, text) => {
    const given = changes();
    const answer = await ask(typeof given === "string" ? given : await named(given));
    expect(refusalOf(answer)).toBe(`400 invalid_dpop_proof: ${text}`);
  });

  test("a proof that is signed with a secret is refused", async () => {
    const jwt = await new SignJWT()
      .setProtectedHeader({ typ: "dpop+jwt", alg: "HS256" })
      .sign(Buffer.alloc(32));
    expect(refusalOf(await ask(jwt))).toBe(
      "400 invalid_dpop_proof: The DPoP proof JWT signature algorithm is invalid.",
    );
  });

  test("a proof counts once", async () => {
    const once = await named();
    expect((await ask(once)).status).toBe(200);
    expect(refusalOf(await ask(once))).toBe(
      "400 invalid_dpop_proof: The DPoP proof JWT has already been used.",
    );
  });
});

describe("at Okta's own API", () => {
  const signer = newSigner("service");
  const groups = "/api/v1/groups";
  let bound: string;
  let plain: string;
  beforeAll(async () => {
    now = Date.now();
    [bound, plain] = [await orgToken(true), await orgToken(false)];
  });

  async function orgToken(dpop_bound_access_tokens: boolean): Promise<string> {
    const { id } = await addClient(org, {
      credentials: { token_endpoint_auth_method: "private_key_jwt" },
      oauthClient: { jwks: { keys: [signer.jwk] }, dpop_bound_access_tokens },
    });
    const grant = { issuer: org.tenant.origin, scopeId: "okta.groups.read" };
    await org.send("POST", `/api/v1/apps/${id}/grants`, { body: grant });
    const path = endpoint(undefined, "token");
    const ask = async (nonce?: string) => {
      const claims = assertionClaims({ id, secret: "" }, `${org.tenant.origin}${path}`, { iat: undefined });
      const jwt = await sign(signer, claims);
      return org.send("POST", path, {
        form: withAssertion(jwt, { grant_type: "client_credentials", scope: "okta.groups.read" }),
        authorization: null,
        headers: dpop_bound_access_tokens ? { dpop: await proof("POST", path, { claims: { nonce } }) } : {},
      });
    };
    const first = await ask();
    return tokenOf(first.status === 200 ? first : await ask(first.headers["dpop-nonce"]?.[0])).access_token;
  }

  const athOf = (token: string) => createHash("sha256").update(token).digest("base64url");
  const get = async (path: string, changes: Changes = {}, token = bound) =>
    org.send("GET", path, {
      authorization: `DPoP ${token}`,
      headers: {
        dpop: await proof("GET", groups, { ...changes, claims: { ath: athOf(token), ...changes.claims } }),
      },
    });

  /** A refusal as Okta writes it: an empty body, and all of it in the header. */
  function expectChallenge(answer: Answer, scheme: string, error: string, text: string): void {
    const { origin } = org.tenant;
    expect(answer).toMatchObject({
      status: 400,
      body: undefined,
      headers: {
        "www-authenticate": [
          `${scheme} authorization_uri="${origin}/oauth2/v1/authorize", realm="${origin}", ` +
            `scope="okta.groups.read", error="${error}", error_description="${text}", resource="${groups}"`,
        ],
      },
    });
  }
  const expectBadProof = (answer: Answer, text: string) => {
    const scheme = 'DPoP algs="RS256 RS384 RS512 ES256 ES384 ES512",';
    expectChallenge(answer, scheme, "invalid_dpop_proof", text);
  };

  test("a bound token is taken with a proof, once, and not as a bearer token", async () => {
    expect((await get(`${groups}?limit=1`)).status).toBe(200);
    const claims = { jti: "the same" };
    expect((await get(groups, { claims })).status).toBe(200);
    expectBadProof(await get(groups, { claims }), "The DPoP proof JWT has already been used.");
    expectChallenge(
      await org.send("GET", groups, { authorization: `Bearer ${bound}` }),
      "Bearer",
      "invalid_request",
      "The resource request requires a DPoP proof.",
    );
  });

  test.each<[string, () => Promise<Answer>, string]>([
    [
      "without a proof",
      () => org.send("GET", groups, { authorization: `DPoP ${bound}` }),
      "The DPoP proof JWT header is missing.",
    ],
    [
      "with another key's proof",
      () => get(groups, { signer: other, header: { jwk: other.jwk } }),
      "The access_token is not bound to the provided DPoP proof.",
    ],
    [
      "with a proof of another token",
      () => get(groups, { claims: { ath: athOf(plain) } }),
      "'ath' claim in the DPoP proof does not match the presented access_token.",
    ],
    [
      "with a proof that names the query",
      () => get(`${groups}?limit=1`, { claims: { htu: `${org.tenant.origin}${groups}?limit=1` } }),
      "'htu' claim in the DPoP proof JWT is invalid.",
    ],
    [
      "that is bound to nothing",
      () => get(groups, {}, plain),
      "The access_token is not bound to the provided DPoP proof.",
    ],
  ])("a token %s is refused", async (_, ask, text) => {
    expectBadProof(await ask(), text);
  });

  test("a proof names the path as it is, without escapes, whatever was sent", async () => {
    const { origin } = org.tenant;
    const named = (id: string) => get(`${groups}/00g%40x`, { claims: { htu: `${origin}${groups}/${id}` } });
    expect((await named("00g@x")).status).toBe(404);
    expect((await named("00g%40x")).status).toBe(400);
  });
});

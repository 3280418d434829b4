/** Tokens that nobody signed, or not the one who should have, or not so. */
import { constants, createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { compact, encoded, publicJwk, rs256, type Fields, type Signer } from "../../testing/local-issuer.ts";
import { header, token, type Maker } from "./row.ts";

const claimsOf = ({ issuer, now }: Maker) => ({ ...issuer.claims, iat: now, exp: now + 3600 });

/** The claims of a valid token under another header and another signature. */
const resigned = (maker: Maker, fields: Fields, signer: Signer): string =>
  compact({ ...maker.issuer.header, kid: maker.issuer.key.kid, ...fields }, claimsOf(maker), signer);

/** By the right key under its own name, but with another algorithm than the issuer's. */
const otherAlgorithm = (alg: string, hash: string, padding: number) => (maker: Maker) =>
  resigned(maker, { alg }, (input) =>
    sign(hash, Buffer.from(input), { key: maker.issuer.key.privateKey, padding }).toString("base64url"),
  );

const { RSA_PKCS1_PADDING: PKCS1, RSA_PKCS1_PSS_PADDING: PSS } = constants;

const hmac = (secretOf: (maker: Maker) => string) => (maker: Maker) =>
  resigned(maker, { alg: "HS256" }, (input) =>
    createHmac("sha256", secretOf(maker)).update(input).digest("base64url"),
  );

const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" });

const byStranger = (fieldsOf: (stranger: Maker["stranger"]) => Fields) => (maker: Maker) =>
  resigned(maker, fieldsOf(maker.stranger), rs256(maker.stranger.key.privateKey));

const replaced = (token: string, at: 0 | 1 | 2, part: string): string =>
  token.split(".").with(at, part).join(".");
const inBase64 = (key: KeyObject) => key.export({ format: "der", type: "spki" }).toString("base64");

/** Headers with which a stranger's token brings along, or says where to find, the key that verifies it. */
const KEYS_BROUGHT_ALONG: Readonly<Record<string, (stranger: Maker["stranger"]) => Fields>> = {
  jku: ({ keysUrl }) => ({ jku: keysUrl }),
  x5u: ({ keysUrl }) => ({ x5u: keysUrl }),
  jwk: ({ key }) => ({ jwk: publicJwk(key) }),
  x5c: ({ key }) => ({ x5c: [inBase64(key.publicKey)] }),
};

const onlyKey = { lenient: { auth0: "takes an only key for the right one when none is named" } };
const noCrit = { lenient: { okta: "does not look at crit" } };

export const signature = [
  ...["none", "None", "NONE", "nOnE"].map((alg) =>
    token(`alg ${alg}, no signature`, (maker) => resigned(maker, { alg }, () => "")),
  ),
  token("alg none, the signature left on", (maker) =>
    replaced(maker.token(), 0, encoded({ alg: "none", kid: maker.issuer.key.kid })),
  ),
  token(
    "HS256 with the public key as the secret",
    hmac(({ issuer }) => issuer.key.publicKey.export({ format: "pem", type: "spki" }).toString()),
  ),
  token(
    "HS256 with the published JWK as the secret",
    hmac(({ issuer }) => JSON.stringify(publicJwk(issuer.key))),
  ),
  token(
    "HS256 with an empty secret",
    hmac(() => ""),
  ),
  token("RS384", otherAlgorithm("RS384", "sha384", PKCS1)),
  token("RS512", otherAlgorithm("RS512", "sha512", PKCS1)),
  token("PS256", otherAlgorithm("PS256", "sha256", PSS)),
  token("RS256 in the header, PS256 in the signature", otherAlgorithm("RS256", "sha256", PSS)),
  token("ES256 by a stranger", (maker) =>
    resigned(maker, { alg: "ES256" }, (input) => {
      const key = { key: elliptic.privateKey, dsaEncoding: "ieee-p1363" } as const;
      return sign("sha256", Buffer.from(input), key).toString("base64url");
    }),
  ),
  token("ES256, a signature of zeros", (maker) =>
    resigned(maker, { alg: "ES256" }, () => Buffer.alloc(64).toString("base64url")),
  ),
  header("alg in lower case", { alg: "rs256" }),
  header("alg missing", { alg: undefined }),
  header("alg empty", { alg: "" }),
  header("alg a number", { alg: 256 }),
  header("alg a list", { alg: ["RS256"] }),

  header("kid missing", { kid: undefined }, onlyKey),
  header("kid empty", { kid: "" }),
  header("kid unknown", { kid: "nobody" }),
  header("kid a number", { kid: 1 }, onlyKey),
  header("kid null", { kid: null }, onlyKey),
  header("kid a list", ({ issuer }) => ({ kid: [issuer.key.kid] }), onlyKey),
  header("kid that looks like a path", { kid: "../../../../dev/null" }),
  header("kid that looks like SQL", { kid: "x' UNION SELECT 'key" }),
  header("kid of the other issuer's key", ({ other }) => ({ kid: other.key.kid })),
  token("key of the other issuer, under its name", (maker) =>
    resigned(maker, { kid: maker.other.key.kid }, rs256(maker.other.key.privateKey)),
  ),
  token("key of the other issuer, under the name of the right one", (maker) =>
    resigned(maker, {}, rs256(maker.other.key.privateKey)),
  ),
  token(
    "key of a stranger, under the name of the right one",
    byStranger(() => ({})),
  ),
  ...Object.entries(KEYS_BROUGHT_ALONG).flatMap(([field, fieldsOf]) => [
    token(`${field} of a stranger, known key id`, byStranger(fieldsOf)),
    token(
      `${field} of a stranger, unknown key id`,
      byStranger((stranger) => ({ ...fieldsOf(stranger), kid: stranger.key.kid })),
    ),
  ]),

  header("crit that nobody knows", { crit: ["b65"], b65: true }, noCrit),
  header("crit that is empty", { crit: [] }, noCrit),
  header("a payload that is not encoded (b64 false)", { crit: ["b64"], b64: false }, noCrit),
  token("the signature of another token", (maker) =>
    replaced(maker.token(), 2, maker.token({ jti: "another" }).split(".")[2] ?? ""),
  ),
  token("a payload that was changed after signing", (maker) =>
    replaced(maker.token(), 1, encoded({ ...claimsOf(maker), sub: "somebody-else" })),
  ),
  token("a header that was changed after signing", (maker) =>
    replaced(maker.token(), 0, encoded({ alg: "RS256", kid: maker.issuer.key.kid, changed: true })),
  ),
  token("a signature of zeros", (maker) =>
    replaced(maker.token(), 2, Buffer.alloc(256).toString("base64url")),
  ),
  token("a signature of another length", (maker) =>
    replaced(maker.token(), 2, Buffer.alloc(128, 1).toString("base64url")),
  ),
];

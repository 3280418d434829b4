/** Tokens that nobody signed, or not the one who should have, or not so. */
import { constants, createHmac, generateKeyPairSync, sign } from "node:crypto";
import { compact, encoded, rs256, type Signer } from "../../testing/compact.ts";
import { publicJwk } from "../../testing/local-issuer.ts";
import type { BadToken, Maker } from "./row.ts";

const claims = ({ issuer, now }: Maker) => ({ ...issuer.claims, iat: now, exp: now + 3600 });

/** The claims of a good token under another header and another signature. */
function resigned(
  maker: Maker,
  header: Record<string, unknown>,
  signer: Signer,
  payload = claims(maker),
): string {
  return compact({ ...maker.issuer.header, kid: maker.issuer.key.kid, ...header }, payload, signer);
}

/** By the right key under its own name, but with another algorithm. */
const otherAlgorithm = (maker: Maker, alg: string, hash: string, padding: number): string =>
  resigned(maker, { alg }, (input) =>
    sign(hash, Buffer.from(input), { key: maker.issuer.key.privateKey, padding }).toString("base64url"),
  );

const byStranger = (maker: Maker, header: Record<string, unknown> = {}): string =>
  resigned(maker, { alg: "RS256", ...header }, rs256(maker.stranger.key.privateKey));

const hmac =
  (secret: string): Signer =>
  (input) =>
    createHmac("sha256", secret).update(input).digest("base64url");

const nothing: Signer = () => "";
const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" });

const replaced = (token: string, part: 0 | 1 | 2, text: string): string => {
  const parts = token.split(".");
  parts[part] = text;
  return parts.join(".");
};

/** A header that says anything at all, the rest of it as it should be, properly signed. */
const withHeader = (header: Record<string, unknown>) => (maker: Maker) => maker.token({}, header);

const ONLY_KEY = { auth0: "takes an only key for the right one when none is named" };

/** Headers with which a stranger's token brings along, or says where to find, the key that verifies it. */
const keysBroughtAlong: readonly BadToken[] = ["known", "unknown"].flatMap((which) => {
  const kid = (maker: Maker) => (which === "known" ? {} : { kid: maker.stranger.key.kid });
  return [
    {
      name: `jku of a stranger, ${which} key id`,
      make: (maker: Maker) => byStranger(maker, { jku: maker.stranger.keysUrl, ...kid(maker) }),
    },
    {
      name: `x5u of a stranger, ${which} key id`,
      make: (maker: Maker) => byStranger(maker, { x5u: maker.stranger.keysUrl, ...kid(maker) }),
    },
    {
      name: `jwk of a stranger, ${which} key id`,
      make: (maker: Maker) => byStranger(maker, { jwk: publicJwk(maker.stranger.key), ...kid(maker) }),
    },
    {
      name: `x5c of a stranger, ${which} key id`,
      make: (maker: Maker) =>
        byStranger(maker, {
          x5c: [maker.stranger.key.publicKey.export({ format: "der", type: "spki" }).toString("base64")],
          ...kid(maker),
        }),
    },
  ];
});

export const signature: readonly BadToken[] = [
  ...["none", "None", "NONE", "nOnE"].map((alg) => ({
    name: `alg ${alg}, no signature`,
    make: (maker: Maker) => resigned(maker, { alg }, nothing),
  })),
  {
    name: "alg none, the signature left on",
    make: (maker) => replaced(maker.token(), 0, encoded({ alg: "none", kid: maker.issuer.key.kid })),
  },
  {
    name: "HS256 with the public key as the secret",
    make: (maker) => {
      const { publicKey } = maker.issuer.key;
      return resigned(
        maker,
        { alg: "HS256" },
        hmac(publicKey.export({ format: "pem", type: "spki" }).toString()),
      );
    },
  },
  {
    name: "HS256 with the published JWK as the secret",
    make: (maker) => resigned(maker, { alg: "HS256" }, hmac(JSON.stringify(publicJwk(maker.issuer.key)))),
  },
  { name: "HS256 with an empty secret", make: (maker) => resigned(maker, { alg: "HS256" }, hmac("")) },
  { name: "RS384", make: (maker) => otherAlgorithm(maker, "RS384", "sha384", constants.RSA_PKCS1_PADDING) },
  { name: "RS512", make: (maker) => otherAlgorithm(maker, "RS512", "sha512", constants.RSA_PKCS1_PADDING) },
  {
    name: "PS256",
    make: (maker) => otherAlgorithm(maker, "PS256", "sha256", constants.RSA_PKCS1_PSS_PADDING),
  },
  {
    name: "RS256 in the header, PS256 in the signature",
    make: (maker) => otherAlgorithm(maker, "RS256", "sha256", constants.RSA_PKCS1_PSS_PADDING),
  },
  {
    name: "ES256 by a stranger",
    make: (maker) =>
      resigned(maker, { alg: "ES256" }, (input) =>
        sign("sha256", Buffer.from(input), { key: elliptic.privateKey, dsaEncoding: "ieee-p1363" }).toString(
          "base64url",
        ),
      ),
  },
  {
    name: "ES256, a signature of zeros",
    make: (maker) => resigned(maker, { alg: "ES256" }, () => Buffer.alloc(64).toString("base64url")),
  },
  { name: "alg in lower case", make: withHeader({ alg: "rs256" }) },
  { name: "alg missing", make: withHeader({ alg: undefined }) },
  { name: "alg empty", make: withHeader({ alg: "" }) },
  { name: "alg a number", make: withHeader({ alg: 256 }) },
  { name: "alg a list", make: withHeader({ alg: ["RS256"] }) },

  {
    name: "kid missing",
    make: withHeader({ kid: undefined }),
    lenient: ONLY_KEY,
  },
  { name: "kid empty", make: withHeader({ kid: "" }) },
  { name: "kid unknown", make: withHeader({ kid: "nobody" }) },
  { name: "kid a number", make: withHeader({ kid: 1 }), lenient: ONLY_KEY },
  { name: "kid null", make: withHeader({ kid: null }), lenient: ONLY_KEY },
  {
    name: "kid a list",
    make: (maker) => maker.token({}, { kid: [maker.issuer.key.kid] }),
    lenient: ONLY_KEY,
  },
  { name: "kid that looks like a path", make: withHeader({ kid: "../../../../dev/null" }) },
  { name: "kid that looks like SQL", make: withHeader({ kid: "x' UNION SELECT 'key" }) },
  { name: "kid of the other issuer's key", make: (maker) => maker.token({}, { kid: maker.other.key.kid }) },
  {
    name: "key of the other issuer, under its name",
    make: (maker) =>
      resigned(maker, { alg: "RS256", kid: maker.other.key.kid }, rs256(maker.other.key.privateKey)),
  },
  {
    name: "key of the other issuer, under the name of the right one",
    make: (maker) => resigned(maker, { alg: "RS256" }, rs256(maker.other.key.privateKey)),
  },
  { name: "key of a stranger, under the name of the right one", make: (maker) => byStranger(maker) },
  ...keysBroughtAlong,

  {
    name: "crit that nobody knows",
    make: withHeader({ crit: ["b65"], b65: true }),
    lenient: { okta: "does not look at crit" },
  },
  { name: "crit that is empty", make: withHeader({ crit: [] }), lenient: { okta: "does not look at crit" } },
  {
    name: "a payload that is not encoded (b64 false)",
    make: withHeader({ crit: ["b64"], b64: false }),
    lenient: { okta: "does not look at crit" },
  },
  {
    name: "the signature of another token",
    make: (maker) => replaced(maker.token(), 2, maker.token({ jti: "another" }).split(".")[2] ?? ""),
  },
  {
    name: "a payload that was changed after signing",
    make: (maker) => replaced(maker.token(), 1, encoded({ ...claims(maker), sub: "somebody-else" })),
  },
  {
    name: "a header that was changed after signing",
    make: (maker) =>
      replaced(maker.token(), 0, encoded({ alg: "RS256", kid: maker.issuer.key.kid, changed: true })),
  },
  {
    name: "a signature of zeros",
    make: (maker) => replaced(maker.token(), 2, Buffer.alloc(256).toString("base64url")),
  },
  {
    name: "a signature of another length",
    make: (maker) => replaced(maker.token(), 2, Buffer.alloc(128, 1).toString("base64url")),
  },
];

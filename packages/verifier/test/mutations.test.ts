/** Properties of what the verifier makes of tokens that are nearly good, and of any text. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { seeded } from "@ai-api-access/testing/seeded.ts";
import { refusal, serve, type Served } from "./support/served.ts";

const VENDORS = ["auth0", "okta"] as const;
const BOTH = ["ai:read", "ai:write"];

let api: Served;
beforeAll(async () => {
  api = await serve();
});
afterAll(() => api.close());

/** Every way to change one character. */
const bent = (token: string) =>
  fc
    .tuple(fc.nat(token.length - 1), fc.constantFrom(...Array.from("ABCXYZabcxyz0189-_.=+/ ")))
    .filter(([at, letter]) => token[at] !== letter)
    .map(([at, letter]) => token.slice(0, at) + letter + token.slice(at + 1));
const cut = (token: string) => fc.nat(token.length - 1).map((length) => token.slice(0, length));
const swapped = (token: string) =>
  fc
    .tuple(fc.nat(token.length - 2))
    .filter(([at]) => token[at] !== token[at + 1])
    .map(([at]) => token.slice(0, at) + (token[at + 1] ?? "") + (token[at] ?? "") + token.slice(at + 2));

test.each(VENDORS)(
  "a good token with a character changed, two swapped, or an end cut off is refused (%s)",
  async (vendor) => {
    const token = api.makerFor(vendor).token();
    await fc.assert(
      fc.asyncProperty(fc.oneof(bent(token), cut(token), swapped(token)), async (other) => {
        expect(await refusal(api.verify, other)).toEqual(expect.any(String));
      }),
      { numRuns: 1000 },
    );
  },
);

test.each(VENDORS)(
  "a good token with any one claim is let in only as who it says it is (%s)",
  async (vendor) => {
    const { issuer, token } = api.makerFor(vendor);
    const trusted = vendor === "auth0" ? ["iss", "aud", "org_id"] : ["iss", "aud", "cid"];
    const names = [...Object.keys(issuer.claims), "exp", "iat", "nbf"];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.jsonValue(), async (name, value) => {
        const made = token({ [name]: value });
        const reason = await refusal(api.verify, made);
        if (trusted.includes(name) && value !== issuer.claims[name])
          expect(reason).toEqual(expect.any(String));
        if (reason === undefined) {
          const { subject, permissions } = await api.verify(made);
          expect(subject).toBe(name === "sub" ? value : issuer.claims.sub);
          if (name === "scp") expect(permissions).toEqual(value);
          else if (name === "permissions" || name === "scope") {
            for (const permission of permissions) expect(JSON.stringify(value)).toContain(permission);
          } else expect(permissions).toEqual(BOTH);
        }
      }),
      seeded(500),
    );
  },
);

test.each(VENDORS)(
  "a good token with any one field in its header never crashes the verifier (%s)",
  async (vendor) => {
    const { token } = api.makerFor(vendor);
    const names = ["alg", "typ", "kid", "crit", "jku", "b64", "zip", "cty", "enc", "p2c", "__proto__"];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.jsonValue(), async (name, value) => {
        const reason = await refusal(api.verify, token({}, { [name]: value }));
        if (name === "alg" || name === "kid") expect(reason).toEqual(expect.any(String));
      }),
      seeded(500),
    );
  },
);

test("any text is refused, and never crashes the verifier", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.base64String()),
      async (text) => {
        expect(await refusal(api.verify, text)).toEqual(expect.any(String));
      },
    ),
    seeded(500),
  );
});

import * as okta from "@pulumi/okta";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";

const CLIENT_CREDENTIALS = "client_credentials";

export const privateKeyInProduction: ResourceValidationPolicy = {
  name: "private-key-in-production",
  description:
    "In production, an app for machines proves itself with a key that never leaves it, not with a shared secret.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Set serviceApp.tokenEndpointAuthMethod to private_key_jwt (docs/keys.md).",
  configSchema: {
    properties: {
      production: {
        type: "boolean",
        default: false,
        description: "Whether the stack is one of production. Its name says nothing.",
      },
    },
  },
  validateResource: validateResourceOfType(okta.app.OAuth, (app, args, report) => {
    const { production = false } = args.getConfig<{ readonly production?: boolean }>();
    const forMachines = app.type === "service" || app.grantTypes?.includes(CLIENT_CREDENTIALS) === true;
    if (production && forMachines && app.tokenEndpointAuthMethod !== "private_key_jwt") {
      report(
        "This is a production stack, and this app proves itself with " +
          `${app.tokenEndpointAuthMethod ?? "a shared secret"}. Use private_key_jwt: ` +
          "npx ai-api-access keys new (docs/keys.md).",
      );
    }
  }),
};

/** NIST SP 800-131A; RFC 7518, 3.3: "A key of size 2048 bits or larger MUST be used". */
const LEAST_BITS = 2048;
/** FIPS 186-5, 5.1: the least exponent, and an odd one. */
const LEAST_EXPONENT = 65_537n;

export const strongKeys: ResourceValidationPolicy = {
  name: "strong-keys",
  description: "A key is one that nobody can work out, and comes from where nobody can put in another.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Make a key with npx ai-api-access keys new, and serve jwksUri over https.",
  validateResource: validateResourceOfType(okta.app.OAuth, (app, _, report) => {
    for (const { kid, n, e } of app.jwks ?? []) {
      const [modulus, exponent] = [numberOf(n), numberOf(e)];
      const bits = modulus?.toString(2).length ?? LEAST_BITS;
      if (bits < LEAST_BITS) {
        report(`The key ${kid} has ${String(bits)} bits; an RSA key has at least ${String(LEAST_BITS)}.`);
      }
      if (exponent !== undefined && (exponent < LEAST_EXPONENT || exponent % 2n === 0n)) {
        report(`The key ${kid} has the exponent ${String(exponent)}; use AQAB (65537).`);
      }
    }
    const url = app.jwksUri === undefined ? null : URL.parse(app.jwksUri);
    if (url?.protocol === "http:" && !/^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)) {
      report(`Its keys come over http from ${url.host}: whoever is in between may put in others. Use https.`);
    }
  }),
};

/** A number of a JWK, base64url. */
function numberOf(text: string | undefined): bigint | undefined {
  const hex = text === undefined ? "" : Buffer.from(text, "base64url").toString("hex");
  return hex === "" ? undefined : BigInt(`0x${hex}`);
}

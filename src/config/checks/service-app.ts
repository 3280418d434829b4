import type { View } from "../view.ts";
import { type Finding, finding, repeated } from "./finding.ts";

/** The service app, its keys, its scopes and its authorization server. */
export function serviceAppFindings({ serviceApp }: View): Finding[] {
  if (!serviceApp) return [];
  return [
    ...authenticationFindings(serviceApp),
    ...(serviceApp.jwks ?? []).flatMap((key, index) => keyFindings(key, index)),
    ...repeatedKids(serviceApp),
    ...scopeFindings(serviceApp),
    ...serverFindings(serviceApp),
  ];
}

type ServiceApp = NonNullable<View["serviceApp"]>;

const JWKS_EXAMPLE = "jwks: [{ kty: RSA, kid: ai-service-2025-01, e: AQAB, n: 0vx7agoebGcQSuu… }]";

function authenticationFindings({ tokenEndpointAuthMethod: method, jwks, jwksUri }: ServiceApp): Finding[] {
  if (
    method !== undefined &&
    !["client_secret_post", "client_secret_basic", "private_key_jwt"].includes(method)
  )
    return [];
  if (method === "private_key_jwt") {
    if (jwks === undefined && jwksUri === undefined) {
      return [
        finding(["serviceApp", "jwks"], {
          gotWords: "neither jwks nor jwksUri, with tokenEndpointAuthMethod private_key_jwt",
          wants: "the public keys that the app signs with, or the URL where they are",
          example: JWKS_EXAMPLE,
        }),
      ];
    }
    if (jwks === undefined || jwksUri === undefined) return [];
    return [
      finding(["serviceApp", "jwksUri"], {
        gotWords: "both jwks and jwksUri",
        wants: "only one of the two: the keys themselves, or the URL where they are",
        example: "jwksUri: https://ai.example.com/.well-known/jwks.json",
        next: "remove one of the two",
      }),
    ];
  }
  return Object.entries({ jwks, jwksUri }).flatMap(([field, value]) =>
    value === undefined
      ? []
      : finding(["serviceApp", field], {
          gotWords: `${field}, with tokenEndpointAuthMethod ${method ?? "client_secret_post (the default)"}`,
          wants: "no keys for an app that proves itself with a secret",
          example: "tokenEndpointAuthMethod: private_key_jwt",
          next: `use the keys as in the example, or remove ${field}`,
        }),
  );
}

/** RFC 7518, 6.2.2, 6.3.2 and 6.4: with any of these a JWK is the private or the shared key. */
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
const NUMBER_EXAMPLES: Readonly<Record<string, string>> = {
  e: "AQAB",
  n: "0vx7agoebGcQSuu…",
  x: "f83OJ3D2xF1Bg8v…",
  y: "x_FEzRu9m36HLN_…",
};
const NUMBERS: Readonly<Record<string, readonly string[]>> = { RSA: ["e", "n"], EC: ["x", "y"] };

function keyFindings(key: Readonly<Record<string, unknown>> | undefined, index: number): Finding[] {
  if (!key) return [];
  const path = (...rest: string[]) => ["serviceApp", "jwks", index, ...rest];
  const secret = PRIVATE_MEMBERS.filter((member) => member in key).map((member) =>
    finding(path(member), {
      gotWords: "a part of the private key (not shown)",
      wants: "the public key alone: kty and kid, with e and n (RSA) or x and y (EC)",
      example: "{ kty: RSA, kid: ai-service-2025-01, e: AQAB, n: 0vx7agoebGcQSuu… }",
      next: "remove it and make a new key pair: this one has been written into a file that is shared",
    }),
  );
  const numbers = typeof key.kty === "string" ? (NUMBERS[key.kty] ?? []) : [];
  const missing = numbers
    .filter((member) => !(member in key))
    .map((member) =>
      finding(path(member), {
        gotWords: "nothing",
        wants: `${numbers.join(" and ")}: an ${String(key.kty)} key consists of both`,
        example: NUMBER_EXAMPLES[member] ?? "",
      }),
    );
  return [...secret, ...missing];
}

function repeatedKids({ jwks = [] }: ServiceApp): Finding[] {
  const kids = jwks.map((key) => (typeof key?.kid === "string" ? key.kid : undefined));
  return repeated(kids).map(({ index }) =>
    finding(["serviceApp", "jwks", index, "kid"], {
      gotWords: "the kid of another key of the list",
      wants: "a kid of its own for each key: Okta picks the key by it",
      example: "ai-service-2025-02",
    }),
  );
}

/** Okta docs, OpenID Connect scopes and `groups`: they describe a person, and here there is none. */
const PERSONAL_SCOPES = [
  "openid",
  "profile",
  "email",
  "address",
  "phone",
  "offline_access",
  "groups",
  "device_sso",
];

function scopeFindings({ scopes = [] }: ServiceApp): Finding[] {
  const personal = scopes.flatMap((scope, index) => {
    if (scope?.name === undefined || !PERSONAL_SCOPES.includes(scope.name)) return [];
    return finding(["serviceApp", "scopes", index, "name"], {
      got: scope.name,
      wants:
        "a scope of your API: openid, profile, email and their like tell an app about the person who logs in, and with client credentials nobody does, so Okta refuses them",
      example: "ai:read",
      next: "remove it; it belongs to an app through which people log in",
    });
  });
  const twice = repeated(scopes.map((scope) => scope?.name)).map(({ index, first, text }) =>
    finding(["serviceApp", "scopes", index, "name"], {
      got: text,
      wants: `each scope once (this one is scopes[${String(first)}] already)`,
      example: "ai:write",
    }),
  );
  return [...personal, ...twice];
}

function serverFindings({ authorizationServer: server, audience, scopes = [] }: ServiceApp): Finding[] {
  const existing = server?.existing;
  if (existing === undefined) {
    return scopes.flatMap((scope, index) =>
      scope?.existing === true
        ? finding(["serviceApp", "scopes", index, "existing"], {
            got: true,
            wants: "false: an authorization server that the stack creates has no scopes of its own yet",
            example: "{ name: ai:read, description: Ask the AI }",
            next: "remove this line",
          })
        : [],
    );
  }
  const own = Object.entries({ name: server?.name, description: server?.description }).flatMap(
    ([field, value]) =>
      value === undefined
        ? []
        : finding(["serviceApp", "authorizationServer", field], {
            got: value,
            wants: "nothing here together with existing: the stack never changes that authorization server",
            example: `{ existing: ${existing} }`,
            next: "remove this line, or existing",
          }),
  );
  if (audience === undefined) return own;
  return [
    ...own,
    finding(["serviceApp", "audience"], {
      got: audience,
      wants: "nothing here together with authorizationServer.existing: the audience is that server's own",
      example: `authorizationServer: { existing: ${existing} }`,
      next: "remove this line",
    }),
  ];
}

/**
 * `organization.machines`: applications that act for the organization with client credentials. Management API, POST
 * /api/v2/clients, /client-grants and /organizations/{id}/client-grants. Auth0 docs, "Machine-to-Machine Access for
 * Organizations".
 */
import { createPublicKey } from "node:crypto";
import { z } from "zod";
import { missingFields, notBesideExisting } from "./existing.ts";
import { permissionName } from "./api.ts";
import { field, type Finding, type Findings, joined, type Readable, repeated } from "./field.ts";
import { pattern } from "./kinds.ts";

const PEM = "-----BEGIN PUBLIC KEY-----\\nMIIBIjANBg…\\n-----END PUBLIC KEY-----";

const publicKey = field(
  z.string().refine((text) => isPublicRsaKey(text)),
  {
    wants: "the PEM text of a public RSA key of at least 2048 bits",
    example: `"${PEM}"`,
    got: "a text that is not shown",
    next: "openssl genrsa -out private.pem 2048; openssl rsa -in private.pem -pubout",
  },
);

/** Auth0 docs, "Configure Private Key JWT Authentication": RS256, RS384 or PS256, and no key of fewer bits. */
function isPublicRsaKey(text: string): boolean {
  if (!/^\s*-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(text)) return false;
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(text);
    return asymmetricKeyType === "rsa" && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  } catch {
    return false;
  }
}

const fields = z.strictObject({
  existing: pattern(/^[A-Za-z0-9_-]{1,64}$/, {
    wants: "the client id of an application that exists in the tenant",
    example: "3kq2xTQ0Yv8ZcB1mR5sJwD7nLp9GfHaE",
    description: "An application of the tenant; it is given access, and stays as it is",
    leftOut: "the stack declares the application",
  }).optional(),
  name: pattern(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
    wants: "1 to 64 letters, digits, - and _",
    example: "my-awesome-company-agent",
    description: "An application that the stack creates, which keeps a secret unless it has `publicKeys`",
    leftOut: "`existing` has to be there",
  }).optional(),
  publicKeys: field(z.array(publicKey).min(1).max(2), {
    wants: "a list of one public key, or two while one takes over from the other",
    example: `["${PEM}"]`,
    description: "What it proves itself with (`private_key_jwt`); then it has no secret",
    leftOut: "it has a secret, which the stack exports",
  }).optional(),
  permissions: field(z.array(permissionName).min(1), {
    wants: "a list of at least one permission of the API",
    example: "[ai:read]",
    description: "What it may do for the organization, each once",
  }),
});

type Fields = Readable<z.output<typeof fields>>;

const machine = field(joined(fields, ownOrExisting, permissionsOnce), {
  wants: "an object with name or existing, and permissions",
  example: "{ name: my-awesome-company-agent, permissions: [ai:read] }",
});

export const machines = field(
  joined(z.array(machine).max(50), (list) =>
    repeated(list.map((one) => one?.existing ?? one?.name)).map(({ index, first }) => ({
      path: [index],
      wants: `each application once (this one is machines[${String(first)}] already)`,
      example: "{ name: my-awesome-company-agent, permissions: [ai:read] }",
      next: "keep one of the two entries, with the permissions of both",
    })),
  ),
  {
    wants: "a list of at most 50 applications",
    example: "[{ name: my-awesome-company-agent, permissions: [ai:read] }]",
    description: "Applications of Auth0 that act for the organization, besides the Okta service app",
  },
);

function ownOrExisting(given: Fields): Findings {
  const { existing, ...own } = given;
  if (existing === undefined) return missingFields(fields, own, ["name"]);
  const rest = { ...own, permissions: undefined };
  return notBesideExisting(
    fields,
    rest,
    `the stack never changes the application ${existing}`,
    `{ existing: ${existing}, permissions: [ai:read] }`,
  );
}

function permissionsOnce({ permissions = [] }: Fields): Finding[] {
  return repeated(permissions).map(({ index }) => ({
    path: ["permissions", index],
    wants: "each permission once",
    example: `[${[...new Set(permissions)].join(", ")}]`,
    next: "remove one of the two",
  }));
}

export interface MachineConfig {
  /** Names it in the stack: its name, or the client id of one that exists. */
  readonly name: string;
  /** The client id of one that exists. */
  readonly existing: string | undefined;
  readonly publicKeys: readonly string[] | undefined;
  readonly permissions: readonly string[];
}

export function machinesOf(parsed: z.output<typeof machines>): MachineConfig[] {
  return parsed.map(({ existing, name = existing ?? "", publicKeys, permissions }) => ({
    ...{ name, existing, publicKeys, permissions },
  }));
}

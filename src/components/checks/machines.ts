/** Applications that act for organizations with client credentials. Management API, POST /api/v2/client-grants. */
import { createPublicKey } from "node:crypto";
import { z } from "zod";
import { apiFields, permissionName } from "./api.ts";
import { field, type Finding, joined, repeated } from "./field.ts";
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

export const machineFields = {
  name: pattern(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
    wants: "1 to 64 letters, digits, - and _",
    example: "my-awesome-company-agent",
    description: "An application that the stack creates, which keeps a secret unless it has `publicKeys`",
    leftOut: "`existing` has to be there",
  }),
  publicKeys: field(z.array(publicKey).min(1).max(2), {
    wants: "a list of one public key, or two while one takes over from the other",
    example: `["${PEM}"]`,
    description: "What it proves itself with (`private_key_jwt`); then it has no secret",
    leftOut: "it has a secret, which the stack exports",
  }),
  permissions: field(z.array(permissionName).min(1), {
    wants: "a list of at least one permission of the API",
    example: "[ai:read]",
    description: "What it may do for the organization, each once",
  }),
};

export function permissionsOnce({
  permissions = [],
}: {
  readonly permissions?: readonly (string | undefined)[] | undefined;
}): Finding[] {
  return repeated(permissions).map(({ index }) => ({
    path: ["permissions", index],
    wants: "each permission once",
    example: `[${[...new Set(permissions)].join(", ")}]`,
    next: "remove one of the two",
  }));
}

export const organizationMachineInputs = joined(
  z.object({
    audience: apiFields.identifier,
    permissions: machineFields.permissions,
    applicationName: machineFields.name.optional(),
    publicKeys: machineFields.publicKeys.optional(),
  }),
  permissionsOnce,
);

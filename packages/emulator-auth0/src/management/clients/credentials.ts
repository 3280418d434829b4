import { createHash, X509Certificate } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { z } from "zod";
import { alphanumeric, compositeKey, eq, without } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { invalidBody, ManagementError, notFound } from "../../errors.ts";
import { compact } from "../../objects.ts";
import { endpoints } from "../access.ts";
import { choice, idParams } from "../formats.ts";
import { jwkThumbprint, publicKeyOf } from "../public-keys.ts";
import { findClient } from "./find.ts";
import type { CredentialRecord } from "./record.ts";

const credentialParams = idParams.extend({ credential_id: z.string() });

function findCredential(context: Auth0Context, clientId: string, id: string): CredentialRecord {
  findClient(context, clientId);
  const found = context.data.credentials.get(compositeKey(clientId, id));
  if (found === undefined) throw notFound("The credential does not exist", "inexistent_credential");
  return found;
}

/** A credential as a request carries it. */
export const credentialBody = z.strictObject({
  credential_type: z.enum(["public_key", "cert_subject_dn", "x509_cert"]).describe("The type of credential."),
  name: z.string().max(128).optional().describe("Friendly name for a credential."),
  pem: z.string().optional().describe("PEM-formatted public key (SPKI and PKCS1) or X509 certificate."),
  subject_dn: z.string().max(256).optional().describe("Subject Distinguished Name."),
  alg: choice(["RS256", "RS384", "PS256"], "Algorithm which will be used with the credential."),
  kid: z.string().optional().describe("Optional kid (Key ID), used to uniquely identify the credential."),
  parse_expiry_from_cert: z.boolean().optional().describe("Parse expiry from x509 certificate."),
  expires_at: z.iso
    .datetime({ offset: true })
    .optional()
    .describe("The ISO 8601 formatted date representing the expiration of the credential."),
});

type CredentialBody = z.output<typeof credentialBody>;

/** How many public keys a client may have (Auth0 docs: private key JWT). */
const MAXIMUM = 2;

/** Keeps a new credential of a client. Throws 400 for a key that is none, and for one too many. */
export function addCredential(
  { data, now }: Auth0Context,
  clientId: string,
  body: CredentialBody,
): CredentialRecord {
  const { name, pem, credential_type: type } = body;
  const parts = partsOf(body);
  const known = data.credentials.find(eq("client_id", clientId));
  if (known.filter((one) => one.credential_type === "public_key").length >= MAXIMUM) {
    throw invalidBody("Only 2 credentials per client are allowed.");
  }
  return data.credentials.insert({
    id: `cred_${alphanumeric(22)}`,
    client_id: clientId,
    created_at: now(),
    updated_at: now(),
    ...compact({ name, pem, ...parts, expires_at: expiryIn(body) ?? parts.expires_at }),
    credential_type: type,
  });
}

function expiryIn({ expires_at: asked }: Pick<CredentialBody, "expires_at">): string | undefined {
  return asked === undefined ? undefined : new Date(asked).toISOString();
}

/** What a credential is by its kind: a key that signs, a certificate's thumbprint, or the subject of a certificate. */
function partsOf(body: CredentialBody): Partial<CredentialRecord> {
  const { pem = "" } = body;
  try {
    switch (body.credential_type) {
      case "public_key": {
        const key = publicKeyOf(pem);
        requireSize(key);
        return {
          kid: body.kid ?? jwkThumbprint(key),
          alg: body.alg ?? "RS256",
          ...(body.parse_expiry_from_cert === true ? expiryOf(new X509Certificate(pem)) : {}),
        };
      }
      case "x509_cert": {
        const certificate = new X509Certificate(pem);
        const thumbprint = createHash("sha256").update(certificate.raw).digest("base64url");
        return { thumbprint_sha256: thumbprint, ...expiryOf(certificate) };
      }
      case "cert_subject_dn":
        return { subject_dn: body.subject_dn ?? new X509Certificate(pem).subject };
    }
  } catch (error) {
    if (error instanceof ManagementError) throw error;
    throw invalidBody("Payload validation error: 'Invalid public key' on property pem.");
  }
}

/** Auth0 docs, "Generate RSA Key Pair": 2048 to 4096 bits. The vendor's words are not published. */
function requireSize({ asymmetricKeyDetails: { modulusLength } = {} }: KeyObject): void {
  if (modulusLength === undefined || (modulusLength >= 2048 && modulusLength <= 4096)) return;
  throw invalidBody(`The RSA key has ${String(modulusLength)} bits; it must have 2048 to 4096.`);
}

function expiryOf(certificate: X509Certificate): { readonly expires_at: string } {
  return { expires_at: certificate.validToDate.toISOString() };
}

/** A credential as answers show it: without its key. */
export function renderCredential(credential: CredentialRecord): Omit<CredentialRecord, "client_id" | "pem"> {
  return without(credential, "client_id", "pem");
}

const all = { path: "/api/v2/clients/:id/credentials", params: idParams };
const one = { path: `${all.path}/:credential_id`, params: credentialParams };
const { create, list, get, update, remove } = endpoints("client_credentials", all, one);

/** The keys and certificates by which a client proves who it is. */
export const clientCredentialRoutes = [
  route({
    ...create,
    operation: "post_credentials",
    body: credentialBody,
    handler: ({ params, body }, context) => {
      findClient(context, params.id);
      return renderCredential(addCredential(context, params.id, body));
    },
  }),
  route({
    ...list,
    operation: "get_credentials",
    // A bare array, whatever totals are asked for; the newest first.
    handler: ({ params }, context) => {
      findClient(context, params.id);
      const found = context.data.credentials.find(eq("client_id", params.id), { descending: true });
      return found.map(renderCredential);
    },
  }),
  route({
    ...get,
    operation: "get_credentials_by_credential_id",
    handler: ({ params }, context) =>
      renderCredential(findCredential(context, params.id, params.credential_id)),
  }),
  route({
    ...update,
    operation: "patch_credentials_by_credential_id",
    body: credentialBody.pick({ expires_at: true }),
    handler: ({ params, body }, context) => {
      const credential = findCredential(context, params.id, params.credential_id);
      const changes = compact({ expires_at: expiryIn(body), updated_at: context.now() });
      return renderCredential(context.data.credentials.put({ ...credential, ...changes }));
    },
  }),
  route({
    ...remove,
    operation: "delete_credentials_by_credential_id",
    handler: ({ params }, { data }) => {
      data.credentials.delete(compositeKey(params.id, params.credential_id));
    },
  }),
];

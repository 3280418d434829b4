import { createHash, X509Certificate } from "node:crypto";
import { z } from "zod";
import { alphanumeric, compositeKey, eq, timestamp } from "../../../kit/index.ts";
import { compact, without } from "../../changes.ts";
import type { Collections, Credential } from "../../collections.ts";
import { route } from "../../context.ts";
import { invalidBody, missing } from "../../errors.ts";
import { clientOf, idParams } from "../../lookups.ts";
import { jwkThumbprint, publicKeyOf } from "../../thumbprint.ts";

/** How many public keys a client may have (Auth0 docs: private key JWT). */
const MAXIMUM = 2;

const credentialParams = idParams.extend({ credential_id: z.string() });

const credentialBody = z.strictObject({
  credential_type: z.enum(["public_key", "cert_subject_dn", "x509_cert"]).describe("The type of credential."),
  name: z.string().max(128).optional().describe("Friendly name for a credential."),
  pem: z.string().optional().describe("PEM-formatted public key (SPKI and PKCS1) or X509 certificate."),
  subject_dn: z.string().max(256).optional().describe("Subject Distinguished Name."),
  alg: z
    .enum(["RS256", "RS384", "PS256"])
    .optional()
    .describe("Algorithm which will be used with the credential."),
  parse_expiry_from_cert: z.boolean().optional().describe("Parse expiry from x509 certificate."),
  expires_at: z.iso
    .datetime({ offset: true })
    .optional()
    .describe("The ISO 8601 formatted date representing the expiration of the credential."),
});

/** A credential as answers show it: without its key. */
function showCredential(credential: Credential): unknown {
  return without(credential, "client_id", "pem");
}

function credentialOf(db: Collections, clientId: string, id: string): Credential {
  clientOf(db, clientId);
  const credential = db.credentials.get(compositeKey(clientId, id));
  if (credential === undefined) throw missing.credential();
  return credential;
}

function parsedKey(pem: string | undefined): {
  readonly kid: string;
  readonly expiresAt: string | undefined;
} {
  try {
    const isCertificate = pem?.includes("BEGIN CERTIFICATE") === true;
    return {
      kid: jwkThumbprint(publicKeyOf(pem ?? "")),
      expiresAt: isCertificate ? new X509Certificate(pem).validToDate.toISOString() : undefined,
    };
  } catch {
    throw invalidBody("Payload validation error: 'Invalid public key' on property pem.");
  }
}

export const clientCredentialRoutes = [
  route({
    method: "GET",
    path: "/api/v2/clients/:id/credentials",
    operation: "get_credentials",
    access: ["read:client_credentials"],
    success: 200,
    params: idParams,
    // A bare array, whatever totals are asked for.
    handler: ({ params }, { db }) => {
      clientOf(db, params.id);
      return db.credentials.find(eq("client_id", params.id)).map(showCredential);
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/clients/:id/credentials/:credential_id",
    operation: "get_credentials_by_credential_id",
    access: ["read:client_credentials"],
    success: 200,
    params: credentialParams,
    handler: ({ params }, { db }) => showCredential(credentialOf(db, params.id, params.credential_id)),
  }),
  route({
    method: "POST",
    path: "/api/v2/clients/:id/credentials",
    operation: "post_credentials",
    access: ["create:client_credentials"],
    success: 201,
    params: idParams,
    body: credentialBody,
    handler: ({ params, body }, { db, clock }) => {
      clientOf(db, params.id);
      const { parse_expiry_from_cert: parseExpiry, alg = "RS256", ...rest } = body;
      const key = body.credential_type === "cert_subject_dn" ? undefined : parsedKey(body.pem);
      const known = db.credentials.find(eq("client_id", params.id));
      if (known.filter((one) => one.credential_type === "public_key").length >= MAXIMUM) {
        throw invalidBody("Only 2 credentials per client are allowed.");
      }
      const now = timestamp(clock);
      const credential = compact<Credential>({
        id: `cred_${alphanumeric(22)}`,
        client_id: params.id,
        kid:
          key?.kid ??
          createHash("sha256")
            .update(body.subject_dn ?? "")
            .digest("base64url"),
        alg,
        created_at: now,
        updated_at: now,
        ...compact({ ...rest, expires_at: parseExpiry === true ? key?.expiresAt : body.expires_at }),
        credential_type: body.credential_type,
      });
      return showCredential(db.credentials.insert(credential));
    },
  }),
  route({
    method: "PATCH",
    path: "/api/v2/clients/:id/credentials/:credential_id",
    operation: "patch_credentials_by_credential_id",
    access: ["update:client_credentials"],
    success: 200,
    params: credentialParams,
    body: credentialBody.pick({ expires_at: true }),
    handler: ({ params, body }, { db, clock }) => {
      const credential = credentialOf(db, params.id, params.credential_id);
      const changed = {
        ...credential,
        ...compact({ expires_at: body.expires_at }),
        updated_at: timestamp(clock),
      };
      return showCredential(db.credentials.put(changed));
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/clients/:id/credentials/:credential_id",
    operation: "delete_credentials_by_credential_id",
    access: ["delete:client_credentials"],
    success: 204,
    params: credentialParams,
    handler: ({ params }, { db }) => {
      db.credentials.delete(compositeKey(params.id, params.credential_id));
    },
  }),
];

import { createHash, X509Certificate } from "node:crypto";
import { z } from "zod";
import { alphanumeric, eq, timestamp } from "@ai-api-access/emulator-core";
import { compact, without } from "../../changes.ts";
import type { Credential } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import { invalidBody } from "../../errors.ts";
import { jwkThumbprint, publicKeyOf } from "../../thumbprint.ts";

/** How many public keys a client may have (Auth0 docs: private key JWT). */
const MAXIMUM = 2;

export const credentialBody = z.strictObject({
  credential_type: z.enum(["public_key", "cert_subject_dn", "x509_cert"]).describe("The type of credential."),
  name: z.string().max(128).optional().describe("Friendly name for a credential."),
  pem: z.string().optional().describe("PEM-formatted public key (SPKI and PKCS1) or X509 certificate."),
  subject_dn: z.string().max(256).optional().describe("Subject Distinguished Name."),
  alg: z
    .enum(["RS256", "RS384", "PS256"])
    .optional()
    .describe("Algorithm which will be used with the credential."),
  kid: z.string().optional().describe("Optional kid (Key ID), used to uniquely identify the credential."),
  parse_expiry_from_cert: z.boolean().optional().describe("Parse expiry from x509 certificate."),
  expires_at: z.iso
    .datetime({ offset: true })
    .optional()
    .describe("The ISO 8601 formatted date representing the expiration of the credential."),
});

type CredentialBody = z.output<typeof credentialBody>;

/** A credential as answers show it: without its key. */
export function showCredential(credential: Credential): Omit<Credential, "client_id" | "pem"> {
  return without(credential, "client_id", "pem");
}

/** Keeps a new credential of a client. Throws 400 for a key that is none, and for one too many. */
export function addCredential(context: Auth0Context, clientId: string, body: CredentialBody): Credential {
  const { db, clock } = context;
  const parts = partsOf(body);
  const known = db.credentials.find(eq("client_id", clientId));
  if (known.filter((one) => one.credential_type === "public_key").length >= MAXIMUM) {
    throw invalidBody("Only 2 credentials per client are allowed.");
  }
  const now = timestamp(clock);
  const asked = body.expires_at === undefined ? undefined : new Date(body.expires_at).toISOString();
  return db.credentials.insert(
    compact<Credential>({
      id: `cred_${alphanumeric(22)}`,
      client_id: clientId,
      created_at: now,
      updated_at: now,
      ...compact({ name: body.name, pem: body.pem }),
      ...parts,
      ...compact({ expires_at: asked ?? parts.expires_at }),
      credential_type: body.credential_type,
    }),
  );
}

/** What a credential is by its kind: a key that signs, a certificate's thumbprint, or whom a certificate is for. */
function partsOf(body: CredentialBody): Partial<Credential> {
  try {
    switch (body.credential_type) {
      case "public_key":
        return {
          kid: body.kid ?? jwkThumbprint(publicKeyOf(body.pem ?? "")),
          alg: body.alg ?? "RS256",
          ...(body.parse_expiry_from_cert === true ? expiryOf(new X509Certificate(body.pem ?? "")) : {}),
        };
      case "x509_cert": {
        const certificate = new X509Certificate(body.pem ?? "");
        const thumbprint = createHash("sha256").update(certificate.raw).digest("base64url");
        return { thumbprint_sha256: thumbprint, ...expiryOf(certificate) };
      }
      case "cert_subject_dn":
        return { subject_dn: body.subject_dn ?? new X509Certificate(body.pem ?? "").subject };
    }
  } catch {
    throw invalidBody("Payload validation error: 'Invalid public key' on property pem.");
  }
}

function expiryOf(certificate: X509Certificate): { readonly expires_at: string } {
  return { expires_at: certificate.validToDate.toISOString() };
}

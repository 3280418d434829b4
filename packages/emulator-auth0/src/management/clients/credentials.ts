import { z } from "zod";
import { compositeKey, eq, timestamp } from "@ai-api-access/emulator-core";
import type { Collections, Credential } from "../../collections.ts";
import { route } from "../../context.ts";
import { missing } from "../../errors.ts";
import { clientOf, idParams } from "../../lookups.ts";
import { addCredential, credentialBody, showCredential } from "./new-credential.ts";

const credentialParams = idParams.extend({ credential_id: z.string() });

function credentialOf(db: Collections, clientId: string, id: string): Credential {
  clientOf(db, clientId);
  const credential = db.credentials.get(compositeKey(clientId, id));
  if (credential === undefined) throw missing.credential();
  return credential;
}

export const clientCredentialRoutes = [
  route({
    method: "GET",
    path: "/api/v2/clients/:id/credentials",
    operation: "get_credentials",
    access: ["read:client_credentials"],
    success: 200,
    params: idParams,
    // A bare array, whatever totals are asked for; the newest first.
    handler: ({ params }, { db }) => {
      clientOf(db, params.id);
      return db.credentials.find(eq("client_id", params.id), { descending: true }).map(showCredential);
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
    handler: ({ params, body }, context) => {
      clientOf(context.db, params.id);
      return showCredential(addCredential(context, params.id, body));
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
        ...(body.expires_at === undefined ? {} : { expires_at: new Date(body.expires_at).toISOString() }),
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

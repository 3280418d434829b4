import { z } from "zod";
import { eq, Reply, urlSafe } from "@ai-api-access/emulator-core";
import { route } from "../../../context.ts";
import type { Auth0Context } from "../../../context.ts";
import { invalidBody } from "../../../errors.ts";
import { patched } from "../../../objects.ts";
import { requireScope } from "../../access.ts";
import { findSettings } from "../../tenant-settings.ts";
import { newClient } from "../defaults.ts";
import type { ClientRecord } from "../record.ts";
import { documentAddress } from "./address.ts";
import { documentsOff } from "./changes.ts";
import { judge } from "./document.ts";
import type { Judged, MappedFields } from "./document.ts";
import { fetchObject, Unavailable } from "./fetch.ts";
import { fetchKeys, keepKeys } from "./keys.ts";
import type { DocumentKey } from "./keys.ts";

/** Bytes. */
const LONGEST_DOCUMENT = 5 * 1024;

const body = z.strictObject({
  external_client_id: documentAddress.describe("URL of the Client ID Metadata Document."),
});

interface Read extends Judged {
  readonly keys: readonly DocumentKey[];
}

/** The document at an address, judged, with the keys that it names. Throws Unavailable. */
async function readDocument(context: Auth0Context, address: string): Promise<Read> {
  if (findSettings(context).client_id_metadata_document_supported !== true) throw documentsOff();
  const judged = judge(address, await fetchObject(context, address, LONGEST_DOCUMENT));
  const uri = judged.mapped?.jwks_uri;
  return { ...judged, keys: uri === undefined ? [] : await fetchKeys(context, uri) };
}

/** The client that was registered by a document. */
function clientOf({ data }: Auth0Context, address: string): ClientRecord | undefined {
  return data.clients.first(eq("external_client_id", address));
}

/** The fields with the keys as answers show them. */
function shownFields(mapped: MappedFields, keys: readonly DocumentKey[]): object {
  if (keys.length === 0) return mapped;
  const credentials = keys.map(({ kid, alg }) => ({ credential_type: "public_key", kid, alg }));
  return { ...mapped, client_authentication_methods: { private_key_jwt: { credentials } } };
}

/** A client as its document has it: public, or with the keys of the document. */
function withKeys(context: Auth0Context, client: ClientRecord, keys: readonly DocumentKey[]): ClientRecord {
  const ids = keepKeys(context, client.client_id, keys);
  if (ids.length === 0) {
    const secret = client.client_secret ?? urlSafe(64);
    return patched(client, { client_secret: secret, client_authentication_methods: null });
  }
  const methods = { private_key_jwt: { credentials: ids.map((id) => ({ id })) } };
  return patched(client, {
    client_secret: null,
    token_endpoint_auth_method: null,
    client_authentication_methods: methods,
  });
}

/** Makes the client of a document, or brings the one that there is in line with it. */
function upsert(context: Auth0Context, mapped: MappedFields, keys: readonly DocumentKey[]) {
  const { clients } = context.data;
  const known = clientOf(context, mapped.external_client_id);
  if (known !== undefined) {
    return { client: clients.put(withKeys(context, patched(known, mapped), keys)), isNew: false };
  }
  const made = newClient({
    ...mapped,
    is_first_party: false,
    third_party_security_mode: "strict",
    // Not shown of a client of this kind.
    cross_origin_authentication: undefined,
    external_metadata_type: "cimd",
    external_metadata_created_by: "admin",
  });
  return { client: clients.insert(withKeys(context, made, keys)), isNew: true };
}

const path = "/api/v2/clients/cimd";

/** Clients that are registered by a document of their own. Auth0 docs, "Register Applications with CIMD". */
export const documentClientRoutes = [
  route({
    method: "POST",
    path: `${path}/preview`,
    operation: "post_clients_cimd_preview",
    access: ["read:clients", "create:clients", "update:clients"],
    success: 200,
    body,
    asyncHandler: async ({ body: { external_client_id: address } }, context) => {
      const id = clientOf(context, address)?.client_id;
      const known = id === undefined ? {} : { client_id: id };
      try {
        const { mapped, validation, keys } = await readDocument(context, address);
        return { ...(mapped && { mapped_fields: shownFields(mapped, keys) }), validation, ...known };
      } catch (error) {
        if (error instanceof Unavailable) return { errors: [error.message], ...known };
        throw error;
      }
    },
  }),
  route({
    method: "POST",
    path: `${path}/register`,
    operation: "post_clients_cimd_register",
    access: ["create:clients", "update:clients"],
    success: 201,
    body,
    asyncHandler: async ({ body: { external_client_id: address }, call }, context) => {
      requireScope(call, clientOf(context, address) ? "update:clients" : "create:clients");
      const { mapped, validation, keys } = await readDocument(context, address).catch((error: unknown) => {
        throw error instanceof Unavailable ? invalidBody(error.message) : error;
      });
      if (mapped === undefined) throw invalidBody(validation.violations.join(" "));
      const { client, isNew } = context.transaction(() => upsert(context, mapped, keys));
      const { client_id } = client;
      const answer = { client_id, mapped_fields: shownFields(mapped, keys), validation };
      const location = `/api/v2/clients/${client_id}`;
      return isNew ? new Reply(201, answer, { location }) : new Reply(200, answer);
    },
  }),
];

import { eq, urlSafe, without } from "@ai-api-access/emulator-core";
import { makeSigningKey } from "../../authentication/signing-keys.ts";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { compact } from "../../objects.ts";
import { endpoints } from "../access.ts";
import { certificateFacts } from "../certificates.ts";
import { idParams } from "../formats.ts";
import { findConnection } from "./find.ts";
import type { ConnectionKeyRecord, ConnectionRecord } from "./record.ts";

const STAGES = ["current", "previous", "next"] as const;

async function makeKey(
  connection: ConnectionRecord,
  parts: Pick<ConnectionKeyRecord, "stage" | "current_since">,
): Promise<ConnectionKeyRecord> {
  const { certificate } = await makeSigningKey(connection.name);
  return { kid: urlSafe(43), certificate, connection_id: connection.id, ...parts };
}

/**
 * A connection's keys. One that proves itself by keys has one in use and one to follow from the start: they are made
 * when they are first asked for, since it takes a while.
 */
async function keysOf(context: Auth0Context, id: string): Promise<ConnectionKeyRecord[]> {
  const connection = findConnection(context, id);
  const { connectionKeys } = context.data;
  const known = () => connectionKeys.find(eq("connection_id", id));
  const needed = connection.options.token_endpoint_auth_method === "private_key_jwt";
  if (!needed || known().length > 0) return known();
  const made = await Promise.all([
    makeKey(connection, { stage: "current", current_since: context.now() }),
    makeKey(connection, { stage: "next" }),
  ]);
  return context.transaction(() => {
    // Another request may have been quicker.
    if (known().length === 0) for (const key of made) connectionKeys.insert(key);
    return known();
  });
}

/** The next key becomes the current one, the current one the previous, and a new one the next. */
async function rotate(context: Auth0Context, id: string): Promise<ConnectionKeyRecord> {
  await keysOf(context, id);
  const made = await makeKey(findConnection(context, id), { stage: "next" });
  return context.transaction(() => {
    const { connectionKeys } = context.data;
    for (const key of connectionKeys.find(eq("connection_id", id))) {
      if (key.stage === "previous") connectionKeys.delete(key.kid);
      if (key.stage === "current")
        connectionKeys.put({ ...without(key, "current_since"), stage: "previous" });
      if (key.stage === "next")
        connectionKeys.put({ ...key, stage: "current", current_since: context.now() });
    }
    return connectionKeys.insert(made);
  });
}

function renderKey(context: Auth0Context, { kid, certificate, stage, ...key }: ConnectionKeyRecord) {
  const { pkcs7, ...facts } = certificateFacts(certificate);
  return compact({
    kid,
    algorithm: "RS256",
    key_use: "signing",
    subject_dn: `/CN=${findConnection(context, key.connection_id).name}`,
    ...facts,
    pkcs: pkcs7,
    [stage]: true,
    current_since: key.current_since,
  });
}

const all = { path: "/api/v2/connections/:id/keys", params: idParams };
const { create, list } = endpoints("connections_keys", all, all);

/** The keys by which connections prove themselves to identity providers (Auth0 docs: private key JWT client auth). */
export const connectionKeyRoutes = [
  route({
    ...list,
    operation: "get_keys",
    asyncHandler: async ({ params }, context) => {
      const keys = await keysOf(context, params.id);
      return STAGES.flatMap((stage) => keys.filter((key) => key.stage === stage)).map((key) =>
        renderKey(context, key),
      );
    },
  }),
  route({
    ...create,
    path: `${all.path}/rotate`,
    operation: "post_rotate",
    access: ["create:connections_keys", "update:connections_keys"],
    asyncHandler: async ({ params }, context) => renderKey(context, await rotate(context, params.id)),
  }),
];

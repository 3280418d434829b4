import { z } from "zod";
import { Reply } from "@ai-api-access/emulator-core";
import { currentKey, makeSigningKey, stageOf } from "../authentication/signing-keys.ts";
import { route } from "../context.ts";
import type { Auth0Context } from "../context.ts";
import { ManagementError, notFound } from "../errors.ts";
import { compact } from "../objects.ts";
import { certificateFacts } from "./certificates.ts";
import type { SigningKeyRecord } from "./record.ts";

function findSigningKey({ data }: Auth0Context, kid: string): SigningKeyRecord {
  const found = data.signingKeys.get(kid);
  if (found === undefined) throw notFound("The signing key does not exist.");
  return found;
}

/** A key as answers show it: its certificate, and what the key is for at present. */
function renderSigningKey(key: SigningKeyRecord): unknown {
  const { kid, certificate, current_since, current_until, revoked_at } = key;
  const stage = stageOf(key);
  return compact({
    kid,
    ...certificateFacts(certificate),
    current: stage === "current",
    next: stage === "next",
    previous: stage === "previous",
    current_since,
    current_until,
    revoked: stage === "revoked",
    revoked_at,
  });
}

/** The next key becomes the current one, the current one a previous one, and a new one the next. */
async function rotate(context: Auth0Context): Promise<SigningKeyRecord> {
  const made = await makeSigningKey();
  const { data, now, transaction } = context;
  return transaction(() => {
    const next = data.signingKeys.find().find((key) => stageOf(key) === "next");
    data.signingKeys.put({ ...currentKey(context), current_until: now() });
    if (next !== undefined) data.signingKeys.put({ ...next, current_since: now() });
    return data.signingKeys.insert(made);
  });
}

const read = { method: "GET", access: ["read:signing_keys"], success: 200 } as const;
const all = "/api/v2/keys/signing";
const params = z.object({ kid: z.string().describe("Key id of the key to retrieve") });

/** The keys that tokens are signed with (Auth0 docs: rotate, revoke signing keys). */
export const signingKeyRoutes = [
  route({
    ...read,
    path: all,
    operation: "get_signing_keys",
    handler: (_parts, { data }) => data.signingKeys.find().map(renderSigningKey),
  }),
  route({
    ...read,
    path: `${all}/:kid`,
    operation: "get_signing_key",
    params,
    handler: ({ params: { kid } }, context) => renderSigningKey(findSigningKey(context, kid)),
  }),
  route({
    method: "POST",
    path: `${all}/rotate`,
    operation: "post_signing_keys",
    access: ["create:signing_keys", "update:signing_keys"],
    success: 201,
    asyncHandler: async (_parts, context) => {
      const { kid, certificate } = await rotate(context);
      return new Reply(201, { kid, cert: certificate });
    },
  }),
  route({
    method: "PUT",
    path: `${all}/:kid/revoke`,
    operation: "put_signing_keys",
    access: ["update:signing_keys"],
    success: 200,
    params,
    handler: ({ params: { kid } }, context) => {
      const key = findSigningKey(context, kid);
      if (stageOf(key) !== "previous") {
        throw new ManagementError(400, "Only a previously used signing key can be revoked.");
      }
      const { certificate } = context.data.signingKeys.put({ ...key, revoked_at: context.now() });
      return { kid, cert: certificate };
    },
  }),
];

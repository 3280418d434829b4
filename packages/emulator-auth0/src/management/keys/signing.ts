import { X509Certificate } from "node:crypto";
// @peculiar/x509 looks for its metadata on load, so this comes first.
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { z } from "zod";
import { Reply, timestamp } from "@ai-api-access/emulator-core";
import type { Collections, SigningKey } from "../../collections.ts";
import { route } from "../../context.ts";
import { ManagementError } from "../../errors.ts";
import { rotate, signingKeysOf, standingOf } from "../../signing-keys.ts";

const kidParams = z.object({ kid: z.string().describe("Key id of the key to retrieve") });

function keyOf(db: Collections, kid: string): SigningKey {
  const key = signingKeysOf(db).find((one) => one.kid === kid);
  if (key === undefined) throw new ManagementError(404, "The signing key does not exist.");
  return key;
}

/** A key as answers show it: its certificate, and what the key is for at present. */
function showKey(key: SigningKey): unknown {
  const { kid, certificate, current_since: since, current_until: until, revoked_at: revokedAt } = key;
  const fingerprint = new X509Certificate(certificate).fingerprint;
  const chain = new x509.X509Certificates([new x509.X509Certificate(certificate)]).export("raw");
  const standing = standingOf(key);
  return {
    kid,
    cert: certificate,
    pkcs7: x509.PemConverter.encode(chain, "PKCS7"),
    current: standing === "current",
    next: standing === "next",
    previous: standing === "previous",
    ...(since === undefined || since === "" ? {} : { current_since: since }),
    ...(until === undefined ? {} : { current_until: until }),
    fingerprint,
    thumbprint: fingerprint.replaceAll(":", ""),
    revoked: standing === "revoked",
    ...(revokedAt === undefined ? {} : { revoked_at: revokedAt }),
  };
}

/** `/keys/signing`: the keys that tokens are signed with (Auth0 docs: rotate, revoke signing keys). */
export const signingKeyRoutes = [
  route({
    method: "GET",
    path: "/api/v2/keys/signing",
    operation: "get_signing_keys",
    access: ["read:signing_keys"],
    success: 200,
    handler: (_parts, { db }) => signingKeysOf(db).map(showKey),
  }),
  route({
    method: "GET",
    path: "/api/v2/keys/signing/:kid",
    operation: "get_signing_key",
    access: ["read:signing_keys"],
    success: 200,
    params: kidParams,
    handler: ({ params }, { db }) => showKey(keyOf(db, params.kid)),
  }),
  route({
    method: "POST",
    path: "/api/v2/keys/signing/rotate",
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
    path: "/api/v2/keys/signing/:kid/revoke",
    operation: "put_signing_keys",
    access: ["update:signing_keys"],
    success: 200,
    params: kidParams,
    handler: ({ params }, { db, clock }) => {
      const key = keyOf(db, params.kid);
      if (standingOf(key) !== "previous") {
        throw new ManagementError(400, "Only a previously used signing key can be revoked.");
      }
      const { kid, certificate } = db.signingKeys.put({ ...key, revoked_at: timestamp(clock) });
      return { kid, cert: certificate };
    },
  }),
];

import { alphanumeric, urlSafe } from "@ai-api-access/emulator-core";
import type { Collections, Identity } from "./collections.ts";

/** Makes a tenant's credentials, all random. */
export function makeIdentity(): Identity {
  return {
    key: "identity",
    management: {
      clientId: alphanumeric(32),
      clientSecret: urlSafe(64),
      apiToken: `local_${urlSafe(64)}`,
    },
  };
}

/** The tenant's identity; every tenant has one from birth. */
export function identityOf(collections: Collections): Identity {
  const identity = collections.identity.get("identity");
  if (identity === undefined)
    throw new Error("The tenant's database holds no identity; restore or reset it.");
  return identity;
}

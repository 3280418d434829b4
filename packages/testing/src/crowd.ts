/** Many users for a local tenant at once: by its API each would be a request, and a password to hash. */
import type { Auth0Tenant } from "@ai-api-access/emulator-auth0";

/** `auth0|c0ffee00000000000000002a`: the user id of number 42, 30 characters like any other. */
export function userId(number: number): string {
  return `auth0|c0ffee${number.toString(16).padStart(18, "0")}`;
}

/** `person42@example.com` */
export function emailOf(number: number): string {
  return `person${String(number)}@example.com`;
}

/** Adds the users 0 to `count` - 1, in the tenant's first connection. */
export function addCrowd(tenant: Pick<Auth0Tenant, "snapshot" | "restore">, count: number): void {
  const snapshot = tenant.snapshot();
  const now = new Date().toISOString();
  const users = Array.from({ length: count }, (_, number) => {
    const user = userId(number);
    const email = emailOf(number);
    return {
      user_id: user,
      created_at: now,
      updated_at: now,
      email,
      email_verified: true,
      name: email,
      nickname: `person${String(number)}`,
      picture: "https://example.com/person.png",
      identities: [
        {
          connection: "Username-Password-Authentication",
          user_id: user.slice("auth0|".length),
          provider: "auth0",
          isSocial: false,
        },
      ],
    };
  });
  const { collections } = snapshot;
  tenant.restore({
    ...snapshot,
    collections: { ...collections, users: [...(collections.users ?? []), ...users] },
  });
}

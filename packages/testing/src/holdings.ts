import type { ServedTenants } from "@ai-api-access/local/tenants/serve.ts";
import { inventory } from "./inventory.ts";

/** Names by kind, and how many documents of each kind there are: nothing can be missing or twice unseen. */
export type Holdings = Readonly<Record<string, readonly string[] | number>>;

/** What running tenants hold. */
export async function holdings({ auth0, okta, access }: ServedTenants): Promise<Holdings> {
  const counts = [auth0, okta].flatMap((tenant, index) =>
    Object.entries(tenant.snapshot().collections).map(([name, documents]): [string, number] => [
      `${index === 0 ? "auth0" : "okta"} ${name}`,
      documents.length,
    ]),
  );
  return { ...(await inventory(access)), ...Object.fromEntries(counts) };
}

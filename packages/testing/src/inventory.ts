import { z } from "zod";
import { tenantClients } from "@ai-api-access/local/recovery/clients.ts";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";

const itemSchema = z.record(z.string(), z.unknown());
type Item = z.infer<typeof itemSchema>;

/** Names of everything that the tenants hold, sorted: a duplicate shows as a name that is there twice. */
export async function inventory(access: TenantAccess): Promise<Record<string, string[]>> {
  const clients = tenantClients(access);
  const list = async (vendor: "auth0" | "okta", path: string): Promise<Item[]> =>
    z.array(itemSchema).parse((await clients[vendor].read(path)) ?? []);
  const names = async (vendor: "auth0" | "okta", path: string, field = "name"): Promise<string[]> =>
    (await list(vendor, path)).map((item) => String(item[field])).sort();
  const below = async (
    parents: readonly Item[],
    read: (id: string) => Promise<string[]>,
  ): Promise<string[]> => {
    const children = parents.map(async ({ id, name }) =>
      (await read(String(id))).map((child) => `${String(name)} / ${child}`),
    );
    return (await Promise.all(children)).flat().sort();
  };
  const [organizations, roles, servers] = await Promise.all([
    list("auth0", "/organizations"),
    list("auth0", "/roles"),
    list("okta", "/authorizationServers"),
  ]);
  return {
    organizations: organizations.map(({ name }) => String(name)),
    connections: await names("auth0", "/connections"),
    clients: await names("auth0", "/clients?per_page=100"),
    roles: roles.map(({ name }) => String(name)).sort(),
    permissions: await below(roles, (id) => names("auth0", `/roles/${id}/permissions`, "permission_name")),
    resourceServers: await names("auth0", "/resource-servers"),
    members: await below(organizations, (id) => names("auth0", `/organizations/${id}/members`, "user_id")),
    links: await below(organizations, async (id) =>
      (await list("auth0", `/organizations/${id}/connections`)).map(({ connection }) =>
        JSON.stringify(connection),
      ),
    ),
    apps: await names("okta", "/apps?limit=200", "label"),
    servers: servers.map(({ name }) => String(name)).sort(),
    scopes: await below(servers, (id) => names("okta", `/authorizationServers/${id}/scopes`)),
    policies: await below(servers, (id) => names("okta", `/authorizationServers/${id}/policies`)),
  };
}

import type { TestTwin } from "./twin";

/** Names of everything that somebody made in the tenants, sorted: a duplicate shows as a name that is there twice. */
export async function inventory(twin: TestTwin): Promise<Record<string, string[]>> {
  const list = async (vendor: "auth0" | "okta", path: string): Promise<Record<string, string>[]> => {
    const answer = await twin.byHand(vendor, "GET", path);
    return Array.isArray(answer) ? answer : [];
  };
  const names = async (vendor: "auth0" | "okta", path: string, field = "name"): Promise<string[]> =>
    (await list(vendor, path)).map((item) => String(item[field])).sort();

  const organizations = await list("auth0", "/organizations");
  const servers = await list("okta", "/authorizationServers");
  const below = async (
    items: Record<string, string>[],
    read: (item: Record<string, string>) => Promise<string[]>,
  ) =>
    (
      await Promise.all(items.map(async (item) => (await read(item)).map((name) => `${item.name} / ${name}`)))
    ).flat();
  return {
    organizations: organizations.map(({ name = "" }) => name),
    connections: await names("auth0", "/connections"),
    clients: await names("auth0", "/clients?per_page=100"),
    roles: await names("auth0", "/roles"),
    permissions: await below(await list("auth0", "/roles"), ({ id }) =>
      names("auth0", `/roles/${id}/permissions`, "permission_name"),
    ),
    resourceServers: await names("auth0", "/resource-servers"),
    members: await below(organizations, ({ id }) =>
      names("auth0", `/organizations/${id}/members`, "user_id"),
    ),
    links: await below(organizations, async ({ id }) => {
      const links = await list("auth0", `/organizations/${id}/connections`);
      return links.map((link) => JSON.stringify(Object(link).connection));
    }),
    apps: await names("okta", "/apps?limit=200", "label"),
    servers: servers.map(({ name = "" }) => name).sort(),
    scopes: await below(servers, ({ id }) => names("okta", `/authorizationServers/${id}/scopes`)),
    policies: await below(servers, ({ id }) => names("okta", `/authorizationServers/${id}/policies`)),
  };
}

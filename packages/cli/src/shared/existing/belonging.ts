/** How to find what a tenant holds of the types that belong to two others: members, roles given, permissions. */
import { z } from "zod";
import type { Get, TenantReaders } from "@ai-api-access/local/recovery/clients.ts";
import type { Inputs } from "../program/walk.ts";

/** Answers the id to import, or `undefined`. */
export type Find = (inputs: Inputs, tenants: TenantReaders) => Promise<string | undefined>;

const scopesSchema = z.object({ scopes: z.array(z.unknown()).default([]) });
const pageSchema = z.looseObject({ next: z.string().optional() });
const clientSchema = z.object({ client_id: z.string() });
const memberSchema = z.object({ user_id: z.string() });
const rolesSchema = z.array(z.object({ id: z.string() }));

/** The values of those inputs if all are known. */
function texts(inputs: Inputs, ...names: string[]): string[] | undefined {
  const values = names.map((name) => inputs[name]);
  return values.every((value) => typeof value === "string") ? values.map(String) : undefined;
}

/** A list that goes on from a checkpoint, which Auth0 gives however long it is (numbered pages end at 1000 items). */
async function checkpointed<T>(get: Get, list: string, key: string, item: z.ZodType<T>): Promise<T[]> {
  const items: T[] = [];
  for (let from = ""; ;) {
    const answer = await get(`${list}?take=100${from}`);
    if (answer === undefined) return items;
    const page = pageSchema.parse(answer);
    items.push(...z.array(item).parse(page[key]));
    if (page.next === undefined) return items;
    from = `&from=${encodeURIComponent(page.next)}`;
  }
}

const path = (parts: readonly string[]): string => parts.map(encodeURIComponent).join("/");

/** By resource type. */
export const belonging: Readonly<Partial<Record<string, Find>>> = {
  "auth0:index/resourceServerScopes:ResourceServerScopes": async (inputs, { auth0 }) => {
    const [identifier] = texts(inputs, "resourceServerIdentifier") ?? [];
    if (identifier === undefined) return undefined;
    const api = await auth0(`/resource-servers/${path([identifier])}`);
    return api !== undefined && scopesSchema.parse(api).scopes.length > 0 ? identifier : undefined;
  },
  "auth0:index/rolePermissions:RolePermissions": async (inputs, { auth0 }) => {
    const [role] = texts(inputs, "roleId") ?? [];
    if (role === undefined) return undefined;
    const permissions = z
      .array(z.unknown())
      .parse((await auth0(`/roles/${path([role])}/permissions?per_page=100`)) ?? []);
    return permissions.length > 0 ? role : undefined;
  },
  "auth0:index/connectionClient:ConnectionClient": async (inputs, { auth0 }) => {
    const [connection, client] = texts(inputs, "connectionId", "clientId") ?? [];
    if (connection === undefined || client === undefined) return undefined;
    const list = `/connections/${path([connection])}/clients`;
    const clients = await checkpointed(auth0, list, "clients", clientSchema);
    return clients.some(({ client_id: id }) => id === client) ? `${connection}::${client}` : undefined;
  },
  "auth0:index/organizationMember:OrganizationMember": async (inputs, { auth0 }) => {
    const [organization, user] = texts(inputs, "organizationId", "userId") ?? [];
    if (organization === undefined || user === undefined) return undefined;
    const list = `/organizations/${path([organization])}/members`;
    const members = await checkpointed(auth0, list, "members", memberSchema);
    return members.some(({ user_id: id }) => id === user) ? `${organization}::${user}` : undefined;
  },
  "auth0:index/organizationMemberRole:OrganizationMemberRole": async (inputs, { auth0 }) => {
    const [organization, user, role] = texts(inputs, "organizationId", "userId", "roleId") ?? [];
    if (organization === undefined || user === undefined || role === undefined) return undefined;
    const list = `/${path(["organizations", organization, "members", user, "roles"])}?per_page=100`;
    const roles = rolesSchema.parse((await auth0(list)) ?? []);
    return roles.some(({ id }) => id === role) ? `${organization}::${user}::${role}` : undefined;
  },
};

/** What a seed file may say of an Auth0 tenant. Properties that are not named here are the Management API's own. */
import { Seeding, Store, systemClock } from "@ai-api-access/emulator-core";
import type { SeedFile, SeedMistake } from "@ai-api-access/emulator-core";
import { z } from "zod";
import { makeSigningKey } from "./authentication/signing-keys.ts";
import { openContext } from "./context.ts";
import type { Auth0Context } from "./context.ts";
import { auth0Routes } from "./routes.ts";
import { FIRST_CONNECTION, seedTenant } from "./seed.ts";
import { auth0Vendor } from "./vendor.ts";

const names = z.array(z.string()).optional();

const pinned = (prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[A-Za-z0-9]{16}$`), `wants ${prefix}_ and 16 letters and digits`)
    .optional();

const connection = z.looseObject({
  id: pinned("con"),
  name: z.string(),
  strategy: z.string().default("auth0"),
});

const api = z.looseObject({ identifier: z.string() });

const role = z.looseObject({
  id: pinned("rol"),
  name: z.string(),
  permissions: z.array(z.strictObject({ api: z.string(), name: z.string() })).default([]),
});

const application = z.looseObject({
  name: z.string(),
  client_id: z
    .string()
    .regex(/^[\w-]{8,64}$/, "wants 8 to 64 letters, digits, - and _")
    .optional(),
  client_secret: z.string().min(16, "wants at least 16 characters").optional(),
  connections: names,
  grants: z.array(z.looseObject({ audience: z.string() })).default([]),
});

const user = z.looseObject({
  user_id: z.string().optional(),
  connection: z.string().default(FIRST_CONNECTION),
  email: z.string().optional(),
  username: z.string().optional(),
  roles: names,
});

const organization = z.looseObject({
  id: pinned("org"),
  name: z.string(),
  connections: z.array(z.looseObject({ connection: z.string() })).default([]),
  members: z.array(z.strictObject({ user: z.string(), roles: names })).default([]),
  grants: z.array(z.strictObject({ application: z.string(), audience: z.string() })).default([]),
});

const LISTS = ["connections", "apis", "roles", "applications", "users", "organizations"];

/** Fills a new tenant with what a file says, in addition to what every tenant has. Must run while it is seeded. */
export function readSeed(store: Store, context: Auth0Context, file: SeedFile): SeedMistake[] {
  const wordsOf = ({ message }: Error) => message;
  const tenant = { store, routes: auth0Routes, vendor: auth0Vendor, context, wordsOf };
  const seeding = new Seeding(tenant, file, "auth0");
  seeding.lists(LISTS);
  for (const { id, name } of context.data.connections.find()) seeding.know("connections", [name], id);
  addConnections(seeding);
  addApis(seeding);
  addRoles(seeding);
  addApplications(seeding);
  addUsers(seeding, context);
  addOrganizations(seeding);
  seeding.finish();
  return seeding.mistakes;
}

/** What a tenant would refuse of a file; tried on one that is thrown away. */
export async function auth0SeedMistakes(file: SeedFile): Promise<SeedMistake[]> {
  const store = new Store(":memory:");
  try {
    const context = openContext(store, systemClock);
    const [current, next] = [await makeSigningKey(), await makeSigningKey()];
    return store.transaction(() => {
      seedTenant(context, { current, next });
      return readSeed(store, context, file);
    });
  } finally {
    store.close();
  }
}

type Auth0Seeding = Seeding<Auth0Context>;

function addConnections(seeding: Auth0Seeding): void {
  for (const { path, value } of seeding.entries("connections", connection)) {
    const { id, ...body } = value;
    const made = seeding.send(path, "post_connections", { body });
    seeding.know("connections", [value.name], made?.id);
    seeding.pin([...path, "id"], made?.id, id);
  }
}

function addApis(seeding: Auth0Seeding): void {
  for (const { path, value } of seeding.entries("apis", api)) {
    const made = seeding.send(path, "post_resource-servers", { body: { name: value.identifier, ...value } });
    seeding.know("apis", [value.identifier], made?.id);
  }
}

function addRoles(seeding: Auth0Seeding): void {
  for (const { path, value } of seeding.entries("roles", role)) {
    const { id, permissions, ...body } = value;
    const made = seeding.send(path, "post_roles", { body });
    seeding.know("roles", [value.name], made?.id);
    seeding.pin([...path, "id"], made?.id, id);
    if (made?.id === undefined || permissions.length === 0) continue;
    const given = permissions.filter(({ api: identifier }, index) =>
      seeding.find([...path, "permissions", index, "api"], "apis", identifier),
    );
    if (given.length < permissions.length) continue;
    seeding.send([...path, "permissions"], "post_role_permission_assignment", {
      params: { id: made.id },
      body: {
        permissions: given.map(({ api: identifier, name }) => ({
          resource_server_identifier: identifier,
          permission_name: name,
        })),
      },
    });
  }
}

function addApplications(seeding: Auth0Seeding): void {
  for (const { path, value } of seeding.entries("applications", application)) {
    const { client_id: id, client_secret: secret, connections = [], grants, ...body } = value;
    const made = seeding.send(path, "post_clients", { body })?.client_id;
    seeding.know("applications", [value.name, id], made);
    seeding.pin([...path, "client_id"], made, id);
    if (made === undefined) continue;
    if (secret !== undefined) {
      const sent = { params: { id: made }, body: { client_secret: secret } };
      seeding.send([...path, "client_secret"], "patch_clients_by_id", sent);
    }
    for (const [index, name] of connections.entries()) {
      const at = [...path, "connections", index];
      const found = seeding.find(at, "connections", name);
      if (found === undefined) continue;
      seeding.send(at, "patch_clients", { params: { id: found }, body: [{ client_id: made, status: true }] });
    }
    for (const [index, grant] of grants.entries()) {
      const at = [...path, "grants", index];
      const sent = seeding.send(at, "post_client-grants", { body: { ...grant, client_id: made } });
      for (const name of [value.name, id])
        seeding.know("grants", [`${name ?? ""} ${grant.audience}`], sent?.id);
    }
  }
}

function addUsers(seeding: Auth0Seeding, context: Auth0Context): void {
  for (const { user_id: id, email } of context.data.users.find()) seeding.know("users", [id, email], id);
  for (const { path, value } of seeding.entries("users", user)) {
    const { roles = [], ...body } = value;
    // The first part of an id is the strategy's, and the API takes the rest.
    const own = value.user_id?.replace(/^auth0\|/, "");
    const found = seeding.find([...path, "connection"], "connections", value.connection);
    const sent = { body: own === undefined ? body : { ...body, user_id: own } };
    const made = found === undefined ? undefined : seeding.send(path, "post_users", sent);
    const id = made === undefined ? undefined : z.object({ user_id: z.string() }).parse(made).user_id;
    seeding.know("users", [id, value.user_id, value.email, value.username], id);
    giveRoles(
      seeding,
      path,
      roles,
      id === undefined ? undefined : { operation: "post_user_roles", params: { id } },
    );
  }
}

function addOrganizations(seeding: Auth0Seeding): void {
  for (const { path, value } of seeding.entries("organizations", organization)) {
    const { id: wanted, connections, members, grants, ...body } = value;
    const id = seeding.send(path, "post_organizations", { body })?.id;
    seeding.pin([...path, "id"], id, wanted);
    if (id === undefined) continue;
    const params = { id };
    for (const [index, { connection: name, ...link }] of connections.entries()) {
      const at = [...path, "connections", index];
      const found = seeding.find([...at, "connection"], "connections", name);
      if (found === undefined) continue;
      seeding.send(at, "post_enabled_connections", { params, body: { ...link, connection_id: found } });
    }
    for (const [index, { user: name, roles = [] }] of members.entries()) {
      const at = [...path, "members", index];
      const found = seeding.find([...at, "user"], "users", name);
      if (found === undefined) continue;
      seeding.send(at, "post_members", { params, body: { members: [found] } });
      const operation = "post_organization_member_roles";
      giveRoles(seeding, at, roles, { operation, params: { ...params, user_id: found } });
    }
    for (const [index, { application: name, audience }] of grants.entries()) {
      const at = [...path, "grants", index];
      const found =
        seeding.find(at, "applications", name) && seeding.find(at, "grants", `${name} ${audience}`);
      if (found === undefined) continue;
      seeding.send(at, "create_organization-client-grants", { params, body: { grant_id: found } });
    }
  }
}

interface Route {
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
}

/** @param to undefined when who should get them was refused */
function giveRoles(
  seeding: Auth0Seeding,
  path: readonly PropertyKey[],
  roles: readonly string[],
  to: Route | undefined,
): void {
  const ids = roles.flatMap((name, index) => seeding.find([...path, "roles", index], "roles", name) ?? []);
  if (ids.length === 0 || to === undefined) return;
  seeding.send([...path, "roles"], to.operation, { params: to.params, body: { roles: ids } });
}

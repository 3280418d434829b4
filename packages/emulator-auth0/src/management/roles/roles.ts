import { z } from "zod";
import { alphanumeric, and, eq, like, present } from "@ai-api-access/emulator-core";
import { deleteRole } from "../../cascades.ts";
import { compact, without } from "../../changes.ts";
import type { Collections, Role } from "../../collections.ts";
import { route } from "../../context.ts";
import { conflict, invalidBody, limitReached, missing } from "../../errors.ts";
import { hasEarlyAccess } from "../../features.ts";
import { idFormat } from "../../formats.ts";
import { idParams, organizationOf, roleOf } from "../../lookups.ts";
import { listed, offsetQuery } from "../../paging.ts";
import { showAssignedRole } from "./assigned.ts";

/** How many roles a tenant may have (Auth0 docs: entity limits). */
const MAXIMUM = 1000;

/** How many roles of its own an organization may have (Auth0 docs: organization roles). */
const MAXIMUM_OF_ORGANIZATION = 350;

const settings = {
  name: z.string().min(1).describe("Name of the role."),
  description: z.string().optional().describe("Description of the role."),
};

const createBody = z.strictObject({
  ...settings,
  type: z.enum(["tenant", "organization"]).optional().describe("The type of the role."),
  owner_id: idFormat("organization-id", "org")
    .optional()
    .describe("The ID of the organization that owns the role."),
});

/** Whose a role is can be said at its creation alone. */
const updateBody = z.strictObject(settings).partial();

const listQuery = z.looseObject({
  ...offsetQuery,
  name_filter: z.string().optional(),
  type: z.enum(["tenant", "organization"]).optional(),
  owner_id: z.string().optional(),
});

/** A role as answers show it. Whose it is shows on roles of organizations, and on all in early access. */
function showRole(db: Collections, role: Role) {
  const { owner_id: owner } = role;
  if (owner !== undefined) return { ...showAssignedRole(role), type: "organization", owner_id: owner };
  return { ...showAssignedRole(role), ...(hasEarlyAccess(db) ? { type: "tenant" } : {}) };
}

/** In the answer to its creation, a role without a description has none, or null; ever after it is empty. */
function showNewRole(db: Collections, role: Role) {
  if (role.description !== null) return showRole(db, role);
  const rest = without(showRole(db, role), "description");
  return hasEarlyAccess(db) ? rest : { ...rest, description: null };
}

/** No two roles of the tenant share a name, nor two of one organization. */
function checkNameIsFree(db: Collections, name: string, owner: string | undefined, except?: string): void {
  const other = db.roles.first(and(eq("name", name), eq("owner_id", owner ?? null)));
  if (other !== undefined && other.id !== except) throw conflict("The role already exists.");
}

/** The organization that a new role shall belong to; nothing for a role of the tenant. */
function wantedOwner(db: Collections, { type, owner_id: owner }: z.output<typeof createBody>) {
  if (type !== "organization") {
    if (owner !== undefined) throw invalidBody("owner_id can only be set for roles of type organization.");
    return undefined;
  }
  if (owner === undefined) throw invalidBody("owner_id is required for roles of type organization.");
  return organizationOf(db, owner).id;
}

function checkRoom(db: Collections, owner: string | undefined): void {
  const limit = owner === undefined ? MAXIMUM : MAXIMUM_OF_ORGANIZATION;
  if (db.roles.count(eq("owner_id", owner ?? null)) >= limit) throw limitReached();
}

function filterOf({ name_filter: name, type, owner_id: owner }: z.output<typeof listQuery>) {
  return and<"name" | "owner_id">(
    // "*" has no meaning in this filter; it is taken out so that it gets none.
    ...(name === undefined ? [] : [like<"name">("name", `*${name.replaceAll("*", "")}*`)]),
    ...(type === undefined
      ? []
      : [type === "tenant" ? eq<"owner_id">("owner_id", null) : present<"owner_id">("owner_id")]),
    ...(owner === undefined ? [] : [eq<"owner_id">("owner_id", owner)]),
  );
}

export const roleRoutes = [
  route({
    method: "GET",
    path: "/api/v2/roles",
    operation: "get_roles",
    access: ["read:roles"],
    success: 200,
    query: listQuery,
    handler: ({ query }, { db }) =>
      listed(query, {
        name: "roles",
        rows: db.roles,
        where: filterOf(query),
        show: (role) => showRole(db, role),
      }),
  }),
  route({
    method: "GET",
    path: "/api/v2/roles/:id",
    operation: "get_roles_by_id",
    access: ["read:roles"],
    success: 200,
    params: idParams,
    handler: ({ params }, { db }) => showRole(db, roleOf(db, params.id)),
  }),
  route({
    method: "POST",
    path: "/api/v2/roles",
    operation: "post_roles",
    access: ["create:roles"],
    success: 200,
    body: createBody,
    handler: ({ body }, { db }) => {
      const owner = wantedOwner(db, body);
      checkNameIsFree(db, body.name, owner);
      checkRoom(db, owner);
      const role = db.roles.insert({
        id: `rol_${alphanumeric(16)}`,
        name: body.name,
        description: body.description ?? null,
        ...(owner === undefined ? {} : { owner_id: owner }),
      });
      return showNewRole(db, role);
    },
  }),
  route({
    method: "PATCH",
    path: "/api/v2/roles/:id",
    operation: "patch_roles_by_id",
    access: ["update:roles"],
    success: 200,
    params: idParams,
    body: updateBody,
    handler: ({ params, body }, { db }) => {
      const role = roleOf(db, params.id);
      if (body.name !== undefined) checkNameIsFree(db, body.name, role.owner_id, role.id);
      return showRole(db, db.roles.put({ ...role, ...compact(body) }));
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/roles/:id",
    operation: "delete_roles_by_id",
    access: ["delete:roles"],
    success: 200,
    params: idParams,
    handler: ({ params }, { db }) => {
      if (!deleteRole(db, params.id)) throw missing.role();
      return {};
    },
  }),
];

import { z } from "zod";
import { alphanumeric, eq, like } from "../../../kit/index.ts";
import { deleteRole } from "../../cascades.ts";
import type { Collections, Role } from "../../collections.ts";
import { route } from "../../context.ts";
import { conflict, limitReached, missing } from "../../errors.ts";
import { idParams, roleOf } from "../../lookups.ts";
import { listed, offsetQuery } from "../../paging.ts";

/** How many roles a tenant may have (Auth0 docs: entity limits). */
const MAXIMUM = 1000;

const roleBody = z.strictObject({
  name: z.string().min(1).describe("Name of the role."),
  description: z.string().optional().describe("Description of the role."),
});

/** A role as answers show it, the answer to its own creation apart. */
export function showRole(role: Role): Role {
  return { id: role.id, name: role.name, description: role.description ?? "" };
}

function checkNameIsFree(db: Collections, name: string, except?: string): void {
  const other = db.roles.first(eq("name", name));
  if (other !== undefined && other.id !== except) throw conflict("The role already exists.");
}

export const roleRoutes = [
  route({
    method: "GET",
    path: "/api/v2/roles",
    operation: "get_roles",
    access: ["read:roles"],
    success: 200,
    query: z.looseObject({ ...offsetQuery, name_filter: z.string().optional() }),
    handler: ({ query }, { db }) => {
      // "*" has no meaning in this filter; it is taken out so that it gets none.
      const filter = query.name_filter?.replaceAll("*", "");
      return listed(query, {
        name: "roles",
        rows: db.roles,
        ...(filter === undefined ? {} : { where: like("name", `*${filter}*`) }),
        show: showRole,
      });
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/roles/:id",
    operation: "get_roles_by_id",
    access: ["read:roles"],
    success: 200,
    params: idParams,
    handler: ({ params }, { db }) => showRole(roleOf(db, params.id)),
  }),
  route({
    method: "POST",
    path: "/api/v2/roles",
    operation: "post_roles",
    access: ["create:roles"],
    success: 200,
    body: roleBody,
    handler: ({ body }, { db }) => {
      checkNameIsFree(db, body.name);
      if (db.roles.count() >= MAXIMUM) throw limitReached();
      // Without a description the vendor answers null here, and "" ever after.
      return db.roles.insert({
        id: `rol_${alphanumeric(16)}`,
        name: body.name,
        description: body.description ?? null,
      });
    },
  }),
  route({
    method: "PATCH",
    path: "/api/v2/roles/:id",
    operation: "patch_roles_by_id",
    access: ["update:roles"],
    success: 200,
    params: idParams,
    body: roleBody.partial(),
    handler: ({ params, body }, { db }) => {
      const role = roleOf(db, params.id);
      if (body.name !== undefined) checkNameIsFree(db, body.name, role.id);
      const { name = role.name, description = role.description } = body;
      return showRole(db.roles.put({ id: role.id, name, description }));
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

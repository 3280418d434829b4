import { z } from "zod";
import { alphanumeric, and, eq, like, present } from "@ai-api-access/emulator-core";
import { matching } from "../../collections.ts";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { conflict, invalidBody, limitReached } from "../../errors.ts";
import { compact } from "../../objects.ts";
import { endpoints } from "../access.ts";
import { choice, idFormat, idParams } from "../formats.ts";
import { findOrganization } from "../organizations/find.ts";
import { paged, pageReply } from "../paging.ts";
import { findRole } from "./find.ts";
import { renderNewRole, renderRole } from "./render.ts";

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
  type: choice(["tenant", "organization"], "The type of the role."),
  owner_id: idFormat("organization-id", "org")
    .optional()
    .describe("The ID of the organization that owns the role."),
});

/** No two roles of the tenant share a name, nor two of one organization. */
function requireFreeName(
  { data }: Auth0Context,
  name: string,
  owner: string | undefined,
  except?: string,
): void {
  const other = data.roles.first(and(eq("name", name), eq("owner_id", owner ?? null)));
  if (other !== undefined && other.id !== except) throw conflict("The role already exists.");
}

/** The organization that a new role belongs to; nothing for a role of the tenant. */
function ownerIn(context: Auth0Context, { type, owner_id: owner }: z.output<typeof createBody>) {
  if (type !== "organization") {
    if (owner !== undefined) throw invalidBody("owner_id can only be set for roles of type organization.");
    return undefined;
  }
  if (owner === undefined) throw invalidBody("owner_id is required for roles of type organization.");
  return findOrganization(context, owner).id;
}

function requireRoom({ data }: Auth0Context, owner: string | undefined): void {
  const limit = owner === undefined ? MAXIMUM : MAXIMUM_OF_ORGANIZATION;
  if (data.roles.count(eq("owner_id", owner ?? null)) >= limit) throw limitReached();
}

/** Deletes a role wherever it was given. */
export function removeRole({ data }: Auth0Context, id: string): void {
  const own = eq<"role_id">("role_id", id);
  data.rolePermissions.deleteWhere(own);
  data.userRoles.deleteWhere(own);
  data.organizationMemberRoles.deleteWhere(own);
  data.roles.delete(id);
}

const listQuery = z.looseObject({
  ...paged(),
  name_filter: z.string().optional(),
  type: z.enum(["tenant", "organization"]).optional(),
  owner_id: z.string().optional(),
});

function rolesWhere({ name_filter: name, type, owner_id }: z.output<typeof listQuery>) {
  return and<"name" | "owner_id">(
    // "*" has no meaning in this filter; it is taken out so that it gets none.
    ...(name === undefined ? [] : [like<"name">("name", `*${name.replaceAll("*", "")}*`)]),
    ...(type === "tenant" ? [eq<"owner_id">("owner_id", null)] : []),
    ...(type === "organization" ? [present<"owner_id">("owner_id")] : []),
    matching({ owner_id }),
  );
}

const all = { path: "/api/v2/roles" };
const one = { path: "/api/v2/roles/:id", params: idParams };
const { create, list, get, update, remove } = endpoints("roles", all, one);

/** Roles (Auth0 docs: Management API, Roles). Creating one answers 200, not 201. */
export const roleRoutes = [
  route({
    ...create,
    operation: "post_roles",
    success: 200,
    body: createBody,
    handler: ({ body: { name, description = null, ...body } }, context) => {
      const owner_id = ownerIn(context, { name, ...body });
      requireFreeName(context, name, owner_id);
      requireRoom(context, owner_id);
      const role = { id: `rol_${alphanumeric(16)}`, name, description, ...compact({ owner_id }) };
      return renderNewRole(context, context.data.roles.insert(role));
    },
  }),
  route({
    ...list,
    operation: "get_roles",
    query: listQuery,
    handler: ({ query }, context) =>
      pageReply(query, {
        name: "roles",
        rows: context.data.roles,
        where: rolesWhere(query),
        render: (role) => renderRole(context, role),
      }),
  }),
  route({
    ...get,
    operation: "get_roles_by_id",
    handler: ({ params }, context) => renderRole(context, findRole(context, params.id)),
  }),
  route({
    ...update,
    operation: "patch_roles_by_id",
    // Whose a role is can be said at its creation alone.
    body: z.strictObject(settings).partial(),
    handler: ({ params, body }, context) => {
      const role = findRole(context, params.id);
      if (body.name !== undefined) requireFreeName(context, body.name, role.owner_id, role.id);
      return renderRole(context, context.data.roles.put({ ...role, ...compact(body) }));
    },
  }),
  route({
    ...remove,
    operation: "delete_roles_by_id",
    success: 200,
    handler: ({ params }, context) => {
      removeRole(context, findRole(context, params.id).id);
      return {};
    },
  }),
];

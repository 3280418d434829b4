import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, notFound, notPermitted } from "../errors.ts";
import { newId } from "../ids.ts";
import type { UserTypeRecord } from "./record.ts";
import { schemaOfType } from "./render.ts";

const typeBody = z.object({
  name: z.string().min(1).max(50),
  displayName: z.string().min(1).max(50),
  description: z.string().optional(),
});

/** The type of users with this id, or `default`. Throws 404. */
export function findUserType({ data, org }: OktaContext, id: string): UserTypeRecord {
  const { userTypeId, adminUserId, created } = org();
  if (id === "default" || id === userTypeId) {
    const times = { created, lastUpdated: created };
    const about = {
      name: "user",
      displayName: "User",
      description: "Okta user profile template with default permission settings",
    };
    return { id: userTypeId, ...about, createdBy: adminUserId, lastUpdatedBy: adminUserId, ...times };
  }
  const found = data.userTypes.get(id);
  if (found === undefined) throw notFound(id, "UserType");
  return found;
}

function renderType(origin: string, { org }: OktaContext, type: UserTypeRecord) {
  const isDefault = type.id === org().userTypeId;
  const schema = schemaOfType(org(), type.id);
  const linkTo = (rel: string, path: string) => ({
    rel,
    href: `${origin}/api/v1/meta/${path}`,
    method: "GET",
  });
  return {
    ...type,
    default: isDefault,
    _links: {
      schema: linkTo("schema", `schemas/user/${schema}`),
      self: linkTo("self", `types/user/${type.id}`),
    },
  };
}

const all = "/api/v1/meta/types/user";
const one = `${all}/:typeId`;
const typeParams = z.object({ typeId: z.string() });
const read = { access: ["okta.userTypes.read"], success: 200 } as const;
const manage = { access: ["okta.userTypes.manage"], success: 200 } as const;

/** The types of users (Okta docs, "User Types API"); all have the same attributes here. */
export const userTypeRoutes = [
  route({
    ...manage,
    method: "POST",
    path: all,
    operation: "createUserType",
    body: typeBody,
    handler: ({ body, call }, context) => {
      const { data, now, org } = context;
      if (body.name === "user" || data.userTypes.first(eq("name", body.name))) throw alreadyExists("name");
      const by = { createdBy: org().adminUserId, lastUpdatedBy: org().adminUserId };
      const times = { created: now(), lastUpdated: now() };
      const { name, displayName, description } = body;
      const type = {
        id: newId("userType"),
        displayName,
        name,
        ...(description === undefined ? {} : { description }),
      };
      return renderType(call.origin, context, data.userTypes.insert({ ...type, ...by, ...times }));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: all,
    operation: "listUserTypes",
    handler: ({ call }, context) =>
      [findUserType(context, "default"), ...context.data.userTypes.find()].map((type) =>
        renderType(call.origin, context, type),
      ),
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getUserType",
    params: typeParams,
    handler: ({ params, call }, context) =>
      renderType(call.origin, context, findUserType(context, params.typeId)),
  }),
  route({
    ...manage,
    method: "POST",
    path: one,
    operation: "updateUserType",
    params: typeParams,
    body: typeBody.omit({ name: true }).partial(),
    handler: ({ params, body, call }, context) => {
      const type = findUserType(context, params.typeId);
      if (type.id === context.org().userTypeId)
        throw notPermitted("The default user type cannot be changed.");
      const { displayName = type.displayName, description = type.description } = body;
      const given = description === undefined ? { displayName } : { displayName, description };
      const changed = { ...type, ...given, lastUpdated: context.now() };
      return renderType(call.origin, context, context.data.userTypes.put(changed));
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "deleteUserType",
    success: 204,
    params: typeParams,
    handler: ({ params }, context) => {
      const type = findUserType(context, params.typeId);
      const isUsed = context.data.users.first(eq("typeId", type.id)) !== undefined;
      if (isUsed || type.id === context.org().userTypeId) {
        throw notPermitted("A user type that users have, and the default one, cannot be deleted.");
      }
      context.data.userTypes.delete(type.id);
    },
  }),
];

import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core";
import { newRole, renderRole, roleBody } from "../administrator-roles.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, notFound } from "../errors.ts";
import { findApp } from "./find.ts";
import { clientRoleKey } from "./record.ts";
import type { ClientRoleRecord } from "./record.ts";

const clientParams = z.object({ clientId: z.string() });
const roleParams = clientParams.extend({ roleId: z.string() });

function findClientRole(context: OktaContext, params: z.output<typeof roleParams>): ClientRoleRecord {
  const { id: appId } = findApp(context, params.clientId);
  const found = context.data.clientRoles.get(clientRoleKey({ appId, id: params.roleId }));
  if (found === undefined) throw notFound(params.roleId, "RoleAssignment");
  return found;
}

function renderClientRole(origin: string, { appId, ...role }: ClientRoleRecord) {
  return renderRole(role, "CLIENT", `${origin}/oauth2/v1/clients/${appId}`);
}

const all = { path: "/oauth2/v1/clients/:clientId/roles", params: clientParams };
const one = { path: `${all.path}/:roleId`, params: roleParams };
const read = { method: "GET", access: ["okta.roles.read"], success: 200 } as const;
const manage = { access: ["okta.roles.manage"] } as const;

/** The administrator roles of an application as a client (Okta docs, "Client role assignments"). */
export const clientRoleRoutes = [
  route({
    ...all,
    ...manage,
    method: "POST",
    operation: "assignRoleToClient",
    success: 201,
    body: roleBody,
    handler: ({ params, body, call }, context) => {
      const { id: appId } = findApp(context, params.clientId);
      const { clientRoles } = context.data;
      if (clientRoles.find(eq("appId", appId)).some(({ type }) => type === body.type)) {
        throw alreadyExists("type");
      }
      const role = { appId, ...newRole(body.type, context.now()) };
      return renderClientRole(call.origin, clientRoles.insert(role));
    },
  }),
  route({
    ...all,
    ...read,
    operation: "listRolesForClient",
    handler: ({ params, call }, context) => {
      const { id } = findApp(context, params.clientId);
      const roles = context.data.clientRoles.find(eq("appId", id), { order: ["key"] });
      return roles.map((role) => renderClientRole(call.origin, role));
    },
  }),
  route({
    ...one,
    ...read,
    operation: "retrieveClientRole",
    handler: ({ params, call }, context) => renderClientRole(call.origin, findClientRole(context, params)),
  }),
  route({
    ...one,
    ...manage,
    method: "DELETE",
    operation: "deleteRoleFromClient",
    success: 204,
    handler: ({ params }, context) => {
      context.data.clientRoles.delete(clientRoleKey(findClientRole(context, params)));
    },
  }),
];

import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core/where.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { notFound, OktaError, validationFailed } from "../errors.ts";
import { link } from "../links.ts";
import { wholeReply } from "../paging.ts";
import { clientParams, findClient } from "./find.ts";
import { roleKey } from "./record.ts";
import type { AppRecord, RoleRecord } from "./record.ts";

/** Okta docs, "Standard roles": type and name. */
const ROLES = new Map([
  ["API_ACCESS_MANAGEMENT_ADMIN", "API Access Management Administrator"],
  ["APP_ADMIN", "Application Administrator"],
  ["GROUP_MEMBERSHIP_ADMIN", "Group Membership Administrator"],
  ["HELP_DESK_ADMIN", "Help Desk Administrator"],
  ["MOBILE_ADMIN", "Mobile Administrator"],
  ["ORG_ADMIN", "Organization Administrator"],
  ["READ_ONLY_ADMIN", "Read-Only Administrator"],
  ["REPORT_ADMIN", "Report Administrator"],
  ["SUPER_ADMIN", "Super Organization Administrator"],
  ["USER_ADMIN", "Group Administrator"],
  ["WORKFLOWS_ADMIN", "Workflows Administrator"],
]);

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Seen in Okta's answers: the id of a standard role that is assigned is its type in base 32 (RFC 4648). */
function roleId(type: string): string {
  const bits = [...Buffer.from(type)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => BASE32.charAt(Number.parseInt(five.padEnd(5, "0"), 2)))
    .join("");
}

function renderRole(origin: string, client: AppRecord, { type, created }: RoleRecord) {
  const assignee = link(origin, `/oauth2/v1/clients/${client.oauthCredentials.client_id}`);
  return {
    id: roleId(type),
    label: ROLES.get(type) ?? type,
    type,
    status: "ACTIVE",
    created,
    lastUpdated: created,
    assignmentType: "CLIENT",
    _links: { assignee },
  };
}

function findRole({ data }: OktaContext, client: AppRecord, id: string): RoleRecord {
  const found = data.clientRoles.find(eq("appId", client.id)).find(({ type }) => roleId(type) === id);
  if (found === undefined) throw notFound(id, "RoleAssignment");
  return found;
}

const all = "/oauth2/v1/clients/:clientId/roles";
const one = `${all}/:roleAssignmentId`;
const roleParams = clientParams.extend({ roleAssignmentId: z.string() });

/**
 * The administrator roles of service applications (Okta docs, "Client Role Assignments"). They are kept and shown; the
 * local org lets a service application do what its scopes allow, as an org does that gives new clients every role.
 */
export const clientRoleRoutes = [
  route({
    method: "POST",
    path: all,
    operation: "assignRoleToClient",
    access: ["okta.roles.manage"],
    success: 201,
    params: clientParams,
    body: z.object({ type: z.string() }),
    handler: ({ params, body, call }, context) => {
      const { data, now } = context;
      const client = findClient(context, params.clientId);
      if (client.oauthClient.application_type !== "service") {
        throw new OktaError(400, "E0000227", "Roles can only be granted to service application type");
      }
      if (!ROLES.has(body.type))
        throw validationFailed("type", `type: '${body.type}' is not a standard role`);
      const role = { appId: client.id, type: body.type, created: now() };
      if (data.clientRoles.has(roleKey(role))) {
        throw new OktaError(409, "E0000090", "The role specified is already assigned to the user.");
      }
      return renderRole(call.origin, client, data.clientRoles.insert(role));
    },
  }),
  route({
    method: "GET",
    path: all,
    operation: "listRolesForClient",
    access: ["okta.roles.read"],
    success: 200,
    params: clientParams,
    handler: ({ params, call }, context) => {
      const client = findClient(context, params.clientId);
      const roles = context.data.clientRoles.find(eq("appId", client.id));
      return wholeReply(
        call,
        roles.map((role) => renderRole(call.origin, client, role)),
      );
    },
  }),
  route({
    method: "GET",
    path: one,
    operation: "retrieveClientRole",
    access: ["okta.roles.read"],
    success: 200,
    params: roleParams,
    handler: ({ params, call }, context) => {
      const client = findClient(context, params.clientId);
      return renderRole(call.origin, client, findRole(context, client, params.roleAssignmentId));
    },
  }),
  route({
    method: "DELETE",
    path: one,
    operation: "deleteRoleFromClient",
    access: ["okta.roles.manage"],
    success: 204,
    params: roleParams,
    handler: ({ params }, context) => {
      const client = findClient(context, params.clientId);
      context.data.clientRoles.delete(roleKey(findRole(context, client, params.roleAssignmentId)));
    },
  }),
];

import { z } from "zod";
import { alphanumeric, eq, jsonObjectSchema, without } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { invalidBody, notFound } from "../../errors.ts";
import { compact } from "../../objects.ts";
import { endpoints } from "../access.ts";
import type { ClientRecord } from "../clients/record.ts";
import { isPasswordless } from "../connections/find.ts";
import { fieldsQuery, pickFields } from "../fields.ts";
import { emailAddress, flag, idFormat } from "../formats.ts";
import { paged, pageReply } from "../paging.ts";
import { findSettings } from "../tenant-settings.ts";
import { findOrganization, organizationParams } from "./find.ts";
import type { InvitationRecord, OrganizationRecord } from "./record.ts";

/** How long an invitation is good for (Auth0 docs: send membership invitations), in seconds. */
const USUAL_LIFE = 604_800;
const LONGEST_LIFE = 2_592_000;

const invitationParams = organizationParams.extend({
  invitation_id: z.string().max(50).describe("The id of the user invitation."),
});

function findInvitation(context: Auth0Context, params: z.output<typeof invitationParams>): InvitationRecord {
  findOrganization(context, params.id);
  const found = context.data.invitations.get(params.invitation_id);
  if (found?.organization_id !== params.id) {
    throw notFound("The invitation does not exist.", "inexistent_invitation");
  }
  return found;
}

const invitationBody = z.strictObject({
  inviter: z.strictObject({ name: z.string().min(1).max(300).describe("The inviter's name.") }),
  invitee: z.strictObject({ email: emailAddress.describe("The invitee's email.") }),
  client_id: z
    .string()
    .describe("Auth0 client ID. Used to resolve the application's login initiation endpoint."),
  connection_id: idFormat("connection-id", "con")
    .optional()
    .describe("The id of the connection to force invitee to authenticate with."),
  app_metadata: jsonObjectSchema.optional(),
  user_metadata: jsonObjectSchema.optional(),
  ttl_sec: z
    .int()
    .min(0)
    .max(LONGEST_LIFE)
    .optional()
    .describe(
      "Number of seconds for which the invitation is valid before expiration. If unspecified or set to 0, this value defaults to 604800 seconds (7 days). Max value: 2592000 seconds (30 days).",
    ),
  roles: z
    .array(idFormat("role-id", "rol"))
    .min(1)
    .optional()
    .describe("List of roles IDs to associated with the user."),
  send_invitation_email: flag(
    "Whether the user will receive an invitation email (true) or no email (false), true by default",
  ),
});

/**
 * The references of an invitation must lead somewhere (Auth0 docs: send membership invitations). Gives the client
 * that it is for.
 */
function validateReferences({ data }: Auth0Context, asked: z.output<typeof invitationBody>): ClientRecord {
  const client = data.clients.get(asked.client_id);
  if (client === undefined) throw invalidBody("The specified client_id does not exist.");
  if (asked.connection_id !== undefined) {
    const connection = data.connections.get(asked.connection_id);
    if (connection === undefined) throw invalidBody("The specified connection does not exist.");
    if (isPasswordless(connection)) throw invalidBody("Passwordless connections are not supported.");
  }
  const unknown = (asked.roles ?? []).filter((role) => !data.roles.has(role));
  if (unknown.length > 0) {
    throw invalidBody(`One or more of the specified roles do not exist: ${unknown.join(", ")}.`);
  }
  return client;
}

/** Where logging in to a client begins, with the invitation: the client says it, or the tenant. */
function invitationUrl(
  context: Auth0Context,
  { initiate_login_uri: own }: ClientRecord,
  { id, name }: OrganizationRecord,
  ticket: string,
): string {
  const start = typeof own === "string" && own !== "" ? own : findSettings(context).default_redirection_uri;
  if (typeof start !== "string" || start === "") {
    throw invalidBody(
      "A default login route is required to generate the invitation url. For more information see https://auth0.com/docs/universal-login/configure-default-login-routes.",
    );
  }
  const mark = start.includes("?") ? "&" : "?";
  return `${start}${mark}invitation=${ticket}&organization=${id}&organization_name=${name}`;
}

const all = { path: "/api/v2/organizations/:id/invitations", params: organizationParams };
const one = { path: `${all.path}/:invitation_id`, params: invitationParams };
const { create, list, get, remove } = endpoints("organization_invitations", all, one);

const sortQuery = z
  .string()
  .regex(/^(id|client_id|created_at|expires_at):(1|-1)$/)
  .optional()
  .describe("Field to sort by. Use field:order where order is 1 for ascending and -1 for descending.");

/** Invitations are kept and shown; no mail is ever sent. */
export const invitationRoutes = [
  route({
    ...create,
    operation: "post_invitations",
    body: invitationBody,
    handler: ({ params, body }, context) => {
      const organization = findOrganization(context, params.id);
      const client = validateReferences(context, body);
      const ticket = alphanumeric(32);
      const now = context.clock();
      const life = body.ttl_sec === undefined || body.ttl_sec === 0 ? USUAL_LIFE : body.ttl_sec;
      return context.data.invitations.insert(
        compact({
          id: `uinv_${alphanumeric(16)}`,
          ...without(body, "ttl_sec", "send_invitation_email"),
          invitation_url: invitationUrl(context, client, organization, ticket),
          ticket_id: ticket,
          created_at: new Date(now).toISOString(),
          expires_at: new Date(now + life * 1000).toISOString(),
          organization_id: organization.id,
        }),
      );
    },
  }),
  route({
    ...list,
    operation: "get_invitations",
    query: z.looseObject({ ...paged(), ...fieldsQuery, sort: sortQuery }),
    handler: ({ params, query }, context) => {
      findOrganization(context, params.id);
      const [field, direction = "-1"] = (query.sort ?? "created_at:-1").split(":");
      return pageReply(query, {
        name: "invitations",
        rows: context.data.invitations,
        where: eq("organization_id", params.id),
        order: [field === "id" ? "key" : field === "client_id" ? "client_id" : "created_at", "seq"],
        descending: direction === "-1",
        render: (invitation) => pickFields(invitation, query),
        shape: "without-total",
      });
    },
  }),
  route({
    ...get,
    operation: "get_invitations_by_invitation_id",
    query: z.looseObject(fieldsQuery),
    handler: ({ params, query }, context) => pickFields(findInvitation(context, params), query),
  }),
  route({
    ...remove,
    operation: "delete_invitations_by_invitation_id",
    handler: ({ params }, context) => {
      context.data.invitations.delete(findInvitation(context, params).id);
    },
  }),
];

import { z } from "zod";
import { alphanumeric, eq, jsonObjectSchema } from "@ai-api-access/emulator-core";
import { compact, without } from "../../changes.ts";
import type { Client, Collections, Organization } from "../../collections.ts";
import { route } from "../../context.ts";
import { invalidBody, missing } from "../../errors.ts";
import { fieldsQuery, pickFields } from "../../fields.ts";
import { emailAddress, flag, idFormat } from "../../formats.ts";
import { organizationOf } from "../../lookups.ts";
import { listed, offsetQuery } from "../../paging.ts";
import type { Invitation } from "./collections.ts";
import { organizationParams } from "./schemas.ts";

/** How long an invitation is good for (Auth0 docs: send membership invitations), in seconds. */
const USUAL_LIFE = 604_800;
const LONGEST_LIFE = 2_592_000;

/** Strategies whose users log in without a password. */
const PASSWORDLESS = new Set(["sms", "email"]);

const createBody = z.strictObject({
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

const invitationParams = organizationParams.extend({
  invitation_id: z.string().max(50).describe("The id of the user invitation."),
});

const listQuery = z.looseObject({
  ...offsetQuery,
  ...fieldsQuery,
  sort: z
    .string()
    .regex(/^(id|client_id|created_at|expires_at):(1|-1)$/)
    .optional()
    .describe("Field to sort by. Use field:order where order is 1 for ascending and -1 for descending."),
});

function invitationOf(db: Collections, params: z.output<typeof invitationParams>): Invitation {
  organizationOf(db, params.id);
  const invitation = db.invitations.get(params.invitation_id);
  if (invitation?.organization_id !== params.id) throw missing.invitation();
  return invitation;
}

/** The references of an invitation must lead somewhere (Auth0 docs: send membership invitations). */
function checkReferences(db: Collections, asked: z.output<typeof createBody>): Client {
  const client = db.clients.get(asked.client_id);
  if (client === undefined) throw invalidBody("The specified client_id does not exist.");
  if (asked.connection_id !== undefined) {
    const connection = db.connections.get(asked.connection_id);
    if (connection === undefined) throw invalidBody("The specified connection does not exist.");
    if (PASSWORDLESS.has(connection.strategy))
      throw invalidBody("Passwordless connections are not supported.");
  }
  const unknown = (asked.roles ?? []).filter((role) => !db.roles.has(role));
  if (unknown.length > 0) {
    throw invalidBody(`One or more of the specified roles do not exist: ${unknown.join(", ")}.`);
  }
  return client;
}

/** Where logging in to a client begins, with the invitation: the client says it, or the tenant. */
function invitationUrl(db: Collections, client: Client, organization: Organization, ticket: string): string {
  const { initiate_login_uri: own } = client;
  const fallback = db.settings.get("settings")?.default_redirection_uri;
  const start = typeof own === "string" && own !== "" ? own : fallback;
  if (typeof start !== "string" || start === "") {
    throw invalidBody(
      "A default login route is required to generate the invitation url. For more information see https://auth0.com/docs/universal-login/configure-default-login-routes.",
    );
  }
  const mark = start.includes("?") ? "&" : "?";
  return `${start}${mark}invitation=${ticket}&organization=${organization.id}&organization_name=${organization.name}`;
}

/** Invitations are kept and shown; no mail is ever sent. */
export const invitationRoutes = [
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/invitations",
    operation: "get_invitations",
    access: ["read:organization_invitations"],
    success: 200,
    params: organizationParams,
    query: listQuery,
    handler: ({ params, query }, { db }) => {
      organizationOf(db, params.id);
      const [field, direction = "-1"] = (query.sort ?? "created_at:-1").split(":");
      return listed(query, {
        name: "invitations",
        rows: db.invitations,
        where: eq("organization_id", params.id),
        order: [field === "id" ? "key" : field === "client_id" ? "client_id" : "created_at", "seq"],
        descending: direction === "-1",
        show: (invitation) => pickFields(invitation, query),
        shape: "without-total",
      });
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/invitations/:invitation_id",
    operation: "get_invitations_by_invitation_id",
    access: ["read:organization_invitations"],
    success: 200,
    params: invitationParams,
    query: z.looseObject(fieldsQuery),
    handler: ({ params, query }, { db }) => pickFields(invitationOf(db, params), query),
  }),
  route({
    method: "POST",
    path: "/api/v2/organizations/:id/invitations",
    operation: "post_invitations",
    access: ["create:organization_invitations"],
    success: 201,
    params: organizationParams,
    body: createBody,
    handler: ({ params, body }, { db, clock }) => {
      const organization = organizationOf(db, params.id);
      const client = checkReferences(db, body);
      const { ttl_sec: life } = body;
      const ticket = alphanumeric(32);
      const now = clock();
      const seconds = life === undefined || life === 0 ? USUAL_LIFE : life;
      return db.invitations.insert(
        compact({
          id: `uinv_${alphanumeric(16)}`,
          ...without(body, "ttl_sec", "send_invitation_email"),
          invitation_url: invitationUrl(db, client, organization, ticket),
          ticket_id: ticket,
          created_at: new Date(now).toISOString(),
          expires_at: new Date(now + seconds * 1000).toISOString(),
          organization_id: organization.id,
        }),
      );
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/organizations/:id/invitations/:invitation_id",
    operation: "delete_invitations_by_invitation_id",
    access: ["delete:organization_invitations"],
    success: 204,
    params: invitationParams,
    handler: ({ params }, { db }) => {
      db.invitations.delete(invitationOf(db, params).id);
    },
  }),
];

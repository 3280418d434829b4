import { z } from "zod";
import { compositeKey, jsonObjectSchema } from "@ai-api-access/emulator-core";
import { collection, columns } from "../../collections.ts";

const organizationRecord = z.looseObject({ id: z.string(), name: z.string(), created_at: z.string() });

/** An organization; `created_at` orders lists and is not shown. */
export type OrganizationRecord = z.output<typeof organizationRecord>;

/** All organizations. */
export const organizations = collection({
  name: "organizations",
  schema: organizationRecord,
  key: ({ id }) => id,
  columns: {
    name: { of: ({ name }) => name, unique: true },
    display_name: { of: ({ display_name: name }) => (typeof name === "string" ? name : "") },
    ...columns("created_at"),
  },
  indexes: [["created_at", "key"]],
});

const organizationConnectionRecord = z.object({
  organization_id: z.string(),
  connection_id: z.string(),
  organization_connection_name: z.string().optional(),
  is_signup_enabled: z.boolean(),
  assign_membership_on_login: z.boolean(),
  show_as_button: z.boolean(),
  is_enabled: z.boolean(),
  organization_access_level: z.enum(["none", "readonly", "limited", "full"]),
});

/** A connection that an organization can log in with. */
export type OrganizationConnectionRecord = z.output<typeof organizationConnectionRecord>;

/** The connections of all organizations. */
export const organizationConnections = collection({
  name: "organization_connections",
  schema: organizationConnectionRecord,
  key: (link) => compositeKey(link.organization_id, link.connection_id),
  columns: {
    ...columns("organization_id", "is_enabled"),
    // The vendor lists them by id, without regard to case.
    connection_id: { of: (link) => link.connection_id, ignoreCase: true },
  },
  indexes: [["organization_id", "connection_id"]],
});

/** The members of all organizations. */
export const organizationMembers = collection({
  name: "organization_members",
  schema: z.object({ organization_id: z.string(), user_id: z.string(), created_at: z.string() }),
  key: (member) => compositeKey(member.organization_id, member.user_id),
  columns: columns("organization_id", "user_id", "created_at"),
  indexes: [["organization_id", "created_at", "user_id"]],
});

/** The roles that members have within organizations. */
export const organizationMemberRoles = collection({
  name: "organization_member_roles",
  schema: z.object({ organization_id: z.string(), user_id: z.string(), role_id: z.string() }),
  key: (given) => compositeKey(given.organization_id, given.user_id, given.role_id),
  columns: columns("organization_id", "user_id", "role_id"),
  indexes: [["organization_id", "user_id"]],
});

/** The client grants that may be used for each organization. */
export const organizationClientGrants = collection({
  name: "organization_client_grants",
  schema: z.object({ organization_id: z.string(), grant_id: z.string() }),
  key: (link) => compositeKey(link.organization_id, link.grant_id),
  columns: columns("organization_id", "grant_id"),
});

const organizationClientRecord = z.object({
  organization_id: z.string(),
  client_id: z.string(),
  use_for_member_access: z.boolean(),
});

/** An application that an organization is associated with. */
export type OrganizationClientRecord = z.output<typeof organizationClientRecord>;

/** The applications of all organizations. */
export const organizationClients = collection({
  name: "organization_clients",
  schema: organizationClientRecord,
  key: (link) => compositeKey(link.organization_id, link.client_id),
  columns: {
    ...columns("organization_id"),
    // The vendor lists them without regard to case.
    client_id: { of: (link) => link.client_id, ignoreCase: true },
  },
  indexes: [["organization_id", "client_id"]],
});

const discoveryDomainRecord = z.object({
  id: z.string(),
  organization_id: z.string(),
  domain: z.string(),
  status: z.enum(["pending", "verified"]),
  verification_txt: z.string(),
  use_for_organization_discovery: z.boolean(),
});

/** A domain by which people are led to an organization's login. */
export type DiscoveryDomainRecord = z.output<typeof discoveryDomainRecord>;

/** The discovery domains of all organizations. */
export const discoveryDomains = collection({
  name: "organization_discovery_domains",
  schema: discoveryDomainRecord,
  key: ({ id }) => id,
  columns: { ...columns("organization_id"), domain: { of: ({ domain }) => domain, ignoreCase: true } },
  indexes: [["organization_id", "seq"]],
});

const invitationRecord = z.object({
  id: z.string(),
  organization_id: z.string(),
  client_id: z.string(),
  connection_id: z.string().optional(),
  inviter: z.object({ name: z.string() }),
  invitee: z.object({ email: z.string() }),
  app_metadata: jsonObjectSchema.optional(),
  user_metadata: jsonObjectSchema.optional(),
  roles: z.array(z.string()).optional(),
  invitation_url: z.string(),
  ticket_id: z.string(),
  created_at: z.string(),
  expires_at: z.string(),
});

/** An invitation to become a member of an organization. */
export type InvitationRecord = z.output<typeof invitationRecord>;

/** The invitations of all organizations. */
export const invitations = collection({
  name: "organization_invitations",
  schema: invitationRecord,
  key: ({ id }) => id,
  columns: columns("organization_id", "client_id", "created_at", "ticket_id"),
  indexes: [["organization_id", "created_at"]],
});

import { z } from "zod";
import { compositeKey, jsonObjectSchema } from "@ai-api-access/emulator-core";
import type { Store } from "@ai-api-access/emulator-core";

const organizationClientSchema = z.object({
  organization_id: z.string(),
  client_id: z.string(),
  use_for_member_access: z.boolean(),
});

const discoveryDomainSchema = z.object({
  id: z.string(),
  organization_id: z.string(),
  domain: z.string(),
  status: z.enum(["pending", "verified"]),
  verification_txt: z.string(),
  use_for_organization_discovery: z.boolean(),
});

/** A domain by which people are led to an organization's login. */
export type DiscoveryDomain = z.infer<typeof discoveryDomainSchema>;

const invitationSchema = z.object({
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
export type Invitation = z.infer<typeof invitationSchema>;

/** Opens the collections of what an organization has besides connections, members and grants. */
export function openOrganizationParts(store: Store) {
  return {
    organizationClients: store.collection({
      name: "organization_clients",
      schema: organizationClientSchema,
      key: (doc) => compositeKey(doc.organization_id, doc.client_id),
      columns: {
        organization_id: { of: (doc) => doc.organization_id },
        // The vendor lists them without regard to case.
        client_id: { of: (doc) => doc.client_id, ignoreCase: true },
      },
      indexes: [["organization_id", "client_id"]],
    }),
    discoveryDomains: store.collection({
      name: "organization_discovery_domains",
      schema: discoveryDomainSchema,
      key: (doc) => doc.id,
      columns: {
        organization_id: { of: (doc) => doc.organization_id },
        domain: { of: (doc) => doc.domain, ignoreCase: true },
      },
      indexes: [["organization_id", "seq"]],
    }),
    invitations: store.collection({
      name: "organization_invitations",
      schema: invitationSchema,
      key: (doc) => doc.id,
      columns: {
        organization_id: { of: (doc) => doc.organization_id },
        client_id: { of: (doc) => doc.client_id },
        created_at: { of: (doc) => doc.created_at },
      },
      indexes: [["organization_id", "created_at"]],
    }),
  };
}

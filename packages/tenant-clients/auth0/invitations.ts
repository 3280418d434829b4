/** Invitations to an Auth0 organization. */
import type { TenantClient } from "../client.ts";
import { TenantError } from "../errors.ts";
import { itemsAt, textAt, valueAt } from "../json.ts";

/** What somebody is invited to. */
export interface InvitationTerms {
  /** In lower case. */
  readonly email: string;
  /** The application that the invitation leads to. */
  readonly clientId: string;
  /** The name that the mail says it comes from. */
  readonly inviter: string;
  /** Ids of the roles that the person gets. */
  readonly roles: readonly string[];
}

export interface Invitation extends InvitationTerms {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The longest that Auth0 lets an invitation stand, in seconds (Management API reference: 30 days). */
const LIFE = 2_592_000;

interface OrganizationInvitations {
  /** Those that nobody has accepted, expired ones among them. */
  list(): Promise<Invitation[]>;
  /** `undefined` for one that was accepted or withdrawn. */
  get(id: string): Promise<Invitation | undefined>;
  /** Auth0 sends the mail. Gives the id. */
  create(terms: InvitationTerms): Promise<string>;
  /** One that is not there is passed over. */
  remove(id: string): Promise<void>;
}

/** Its methods throw TenantError. */
export function organizationInvitations(client: TenantClient, organization: string): OrganizationInvitations {
  const all = `/organizations/${encodeURIComponent(organization)}/invitations`;
  const one = (id: string) => `${all}/${encodeURIComponent(id)}`;
  return {
    async list() {
      return itemsAt(await client.read(`${all}?per_page=100`)).flatMap((item) => invitationIn(item) ?? []);
    },
    async get(id) {
      return invitationIn(await client.read(one(id)));
    },
    async create({ email, clientId, inviter, roles }) {
      const made = await client.send("POST", all, {
        inviter: { name: inviter },
        invitee: { email },
        client_id: clientId,
        ttl_sec: LIFE,
        send_invitation_email: true,
        // Auth0 takes no empty list.
        ...(roles.length > 0 && { roles }),
      });
      return textAt(made, "id") ?? "";
    },
    async remove(id) {
      try {
        await client.send("DELETE", one(id));
      } catch (error) {
        if (!(error instanceof TenantError) || error.status !== 404) throw error;
      }
    },
  };
}

function invitationIn(item: unknown): Invitation | undefined {
  const id = textAt(item, "id");
  if (id === undefined) return undefined;
  return {
    id,
    email: textAt(valueAt(item, "invitee"), "email")?.toLowerCase() ?? "",
    clientId: textAt(item, "client_id") ?? "",
    inviter: textAt(valueAt(item, "inviter"), "name") ?? "",
    roles: itemsAt(item, "roles").filter((role) => typeof role === "string"),
    expiresAt: Date.parse(textAt(item, "expires_at") ?? ""),
  };
}

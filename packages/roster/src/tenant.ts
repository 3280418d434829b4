/** An Auth0 tenant as the roster uses it; `auth0.ts` asks the real one. */
import type { FoundUser, Invitation, InvitationTerms } from "@ai-api-access/tenant-clients";

export interface Tenant {
  /** `tenant.us.auth0.com` */
  readonly domain: string;
  /** Everybody in an organization. @throws NoOrganization */
  members(organization: string): Promise<readonly Member[]>;
  /** Adds at most {@link BATCH} people; who is a member already stays one. */
  addMembers(organization: string, users: readonly string[]): Promise<void>;
  /** Removes at most {@link BATCH} people, with their roles; who is no member is passed over. */
  removeMembers(organization: string, users: readonly string[]): Promise<void>;
  assignRoles(organization: string, user: string, roles: readonly string[]): Promise<void>;
  removeRoles(organization: string, user: string, roles: readonly string[]): Promise<void>;
  /** Invitations of an organization that nobody has accepted. */
  invitations(organization: string): Promise<readonly Invitation[]>;
  /** `undefined` for one that was accepted or withdrawn. */
  invitation(organization: string, id: string): Promise<Invitation | undefined>;
  /** Invites somebody, by a mail that Auth0 sends. Gives the id of the invitation. */
  invite(organization: string, terms: InvitationTerms): Promise<string>;
  /** Takes an invitation back; one that is not there is passed over. */
  withdraw(organization: string, id: string): Promise<void>;
  /** Users by email in lower case; an email that nobody has is left out. */
  findUsers(emails: readonly string[]): Promise<ReadonlyMap<string, readonly FoundUser[]>>;
  /** Ids by name; a name that no role has is left out. */
  findRoles(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Whether people log in to an organization with an application, and are asked for it. */
  requiresOrganization(clientId: string): Promise<boolean>;
  requireOrganization(clientId: string): Promise<void>;
  /** The id of the organization with this name. */
  findOrganization(name: string): Promise<string | undefined>;
}

/** How many people one request takes (Auth0 docs: assign members to an organization). */
export const BATCH = 10;

export interface Member {
  readonly user: string;
  /** What to call the person: the email, else the name. */
  readonly name: string | undefined;
  readonly roles: readonly { readonly id: string; readonly name: string }[];
}

/** The vendor refused a request because of what it asked for: other requests may well succeed. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** No request will succeed for now: the network is gone, the credentials are refused, the run was cancelled. */
export class Halted extends Error {
  override readonly name = "Halted";
  /** Whether the request may have been carried out although no answer came. */
  readonly unconfirmed: boolean;

  constructor(
    message: string,
    { unconfirmed = false, ...options }: ErrorOptions & { unconfirmed?: boolean } = {},
  ) {
    super(message, options);
    this.unconfirmed = unconfirmed;
  }
}

/** The organization does not exist (anymore). */
export class NoOrganization extends Error {
  override readonly name = "NoOrganization";
}

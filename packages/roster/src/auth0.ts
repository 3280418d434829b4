/** {@link Tenant} by the Management API. */
import { isUnknown } from "@ai-api-access/provider-kit";
import type { PlainProperties } from "@ai-api-access/provider-kit";
import {
  auth0Client,
  findOrganizationByName,
  findRolesByName,
  findUsersByEmail,
  organizationInvitations,
  organizationLogin,
  organizationMembers,
  readAuth0Settings,
  TenantError,
  trustCertificateFile,
} from "@ai-api-access/tenant-clients";
import type { TenantClient } from "@ai-api-access/tenant-clients";
import { Halted, NoOrganization, Refused } from "./tenant.ts";
import type { Member, Tenant } from "./tenant.ts";

interface ConnectOptions {
  /** Aborted when no further request may be sent. */
  readonly signal?: AbortSignal;
  /** Called when everything waits for the rate limit, with the seconds. */
  readonly onWait: (seconds: number) => void;
}

/** Shorter waits are not reported, in milliseconds. */
const REPORTED = 2_000;

/**
 * @param settings those of the auth0 provider, by its own names; the environment stands in for what is missing
 * @throws Halted that says what is wrong with them
 */
export function connect(settings: PlainProperties, { signal, onWait }: ConnectOptions): Tenant {
  const read = readSettings(settings);
  trustCertificateFile(process.env.SSL_CERT_FILE);
  const client = auth0Client(read, {
    signal,
    onWait: (milliseconds) => {
      if (milliseconds >= REPORTED) onWait(Math.ceil(milliseconds / 1000));
    },
  });
  return auth0Tenant(client);
}

function readSettings(settings: PlainProperties) {
  const config = Object.entries(settings).map(([name, value]) => {
    if (isUnknown(value))
      throw new Halted(`auth0:${name} is not known yet, and the roster cannot wait for it`);
    return [
      name,
      typeof value === "string" || typeof value === "boolean" ? String(value) : undefined,
    ] as const;
  });
  try {
    return readAuth0Settings(Object.fromEntries(config));
  } catch (error) {
    return rethrow(error);
  }
}

export function auth0Tenant(client: TenantClient): Tenant {
  const membersOf = (organization: string) => organizationMembers(client, organization);
  const invitationsOf = (organization: string) => organizationInvitations(client, organization);
  return {
    domain: new URL(client.origin).host,
    members: (organization) => readMembers(client, organization).catch(rethrow),
    addMembers: (organization, users) => membersOf(organization).add(users).catch(rethrow),
    removeMembers: (organization, users) => membersOf(organization).remove(users).catch(rethrow),
    assignRoles: (organization, user, roles) =>
      membersOf(organization).assignRoles(user, roles).catch(rethrow),
    removeRoles: (organization, user, roles) =>
      membersOf(organization).removeRoles(user, roles).catch(rethrow),
    invitations: (organization) => invitationsOf(organization).list().catch(rethrow),
    invitation: (organization, id) => invitationsOf(organization).get(id).catch(rethrow),
    invite: (organization, terms) => invitationsOf(organization).create(terms).catch(rethrow),
    withdraw: (organization, id) => invitationsOf(organization).remove(id).catch(rethrow),
    requiresOrganization: (id) => organizationLogin(client, id).isRequired().catch(rethrow),
    requireOrganization: (id) => organizationLogin(client, id).require().catch(rethrow),
    findUsers: (emails) => findUsersByEmail(client, emails).catch(rethrow),
    findRoles: (names) => findRolesByName(client, names).catch(rethrow),
    findOrganization: (name) => findOrganizationByName(client, name).catch(rethrow),
  };
}

async function readMembers(client: TenantClient, organization: string): Promise<Member[]> {
  const members: Member[] = [];
  try {
    for await (const { user, email, name, roles } of organizationMembers(client, organization).list()) {
      members.push({ user, name: email ?? name, roles });
    }
    return members;
  } catch (error) {
    if (!(error instanceof TenantError) || error.status !== 404) throw error;
    throw new NoOrganization(`Auth0 has no organization ${organization}: ${wordsOf(error)}`, {
      cause: error,
    });
  }
}

const PERMISSIONS =
  "give the application whose credentials are used these permissions of the Management API: read, create and delete " +
  "organization_members; read, create and delete organization_member_roles; read:users where people are named by " +
  "email; read, create and delete organization_invitations where people are invited; read and update clients where there are applications with metadata documents; read:roles where roles are named that the stack does not declare";

/** @throws Refused or Halted in place of a TenantError */
function rethrow(error: unknown): never {
  if (!(error instanceof TenantError)) throw error;
  const { failure, status = 0, message, next = failure === "denied" ? PERMISSIONS : undefined } = error;
  if (failure === "refused") throw new Refused(status, wordsOf(error), { cause: error });
  const sentence = message.replace(/\.$/, "");
  throw new Halted(next === undefined ? sentence : `${sentence}; next: ${next}`, {
    unconfirmed: error.unconfirmed,
    cause: error,
  });
}

function wordsOf({ words, message }: TenantError): string {
  return words ?? message;
}

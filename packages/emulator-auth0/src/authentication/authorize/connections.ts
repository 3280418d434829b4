import { compositeKey, eq } from "@ai-api-access/emulator-core";
import { matching } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import type { ClientRecord } from "../../management/clients/record.ts";
import { isDatabase } from "../../management/connections/find.ts";
import type { ConnectionRecord } from "../../management/connections/record.ts";
import type {
  OrganizationConnectionRecord,
  OrganizationRecord,
} from "../../management/organizations/record.ts";
import { findSettings } from "../../management/tenant-settings.ts";
import { invalidRequest } from "./answer.ts";

/** A connection to sign in with. */
export interface LoginOption {
  readonly connection: ConnectionRecord;
  /** How the organization has it; absent without an organization. */
  readonly link: OrganizationConnectionRecord | undefined;
  /** Whether people may make an account of their own. */
  readonly signup: boolean;
}

/**
 * The connections with which a person may sign in: enabled for the application, or of the domain level for a third
 * party's (Auth0 docs: promote connections to domain level), and within an organization enabled for the organization as
 * well (Auth0 docs: login flows for organizations). `wanted`, the request's `connection`, leaves
 * that one alone. Throws where there is none.
 */
export function loginOptions(
  { data }: Auth0Context,
  client: ClientRecord,
  organization: OrganizationRecord | undefined,
  wanted: string | undefined,
): readonly LoginOption[] {
  const links =
    organization &&
    data.organizationConnections.find(matching({ organization_id: organization.id, is_enabled: true }));
  if (links?.length === 0) throw invalidRequest("no connections enabled for the organization");
  const options = (links ?? connectionsFor(data, client)).flatMap(({ connection_id: id }): LoginOption[] => {
    const connection = data.connections.get(id);
    if (connection === undefined || !mayUse(data, client, connection)) return [];
    const link = links?.find((one) => one.connection_id === id);
    return [{ connection, link, signup: allowsSignup(connection, link) }];
  });
  if (options.length === 0) throw invalidRequest("no connections enabled for the client");
  if (wanted === undefined) return visible(options);
  const option = options.find(({ connection }) => connection.name === wanted);
  if (option === undefined) throw invalidRequest("the connection was not found");
  return [option];
}

function connectionsFor(data: Auth0Context["data"], { client_id: id, is_first_party: own }: ClientRecord) {
  return own
    ? data.connectionClients.find(eq("client_id", id))
    : data.connections.find().map((connection) => ({ connection_id: connection.id }));
}

function mayUse(data: Auth0Context["data"], client: ClientRecord, connection: ConnectionRecord): boolean {
  return client.is_first_party
    ? data.connectionClients.has(compositeKey(connection.id, client.client_id))
    : connection.is_domain_connection === true;
}

/** Auth0 docs, enable organization connections: the organization's setting goes before the connection's. */
function allowsSignup(connection: ConnectionRecord, link: OrganizationConnectionRecord | undefined): boolean {
  if (!isDatabase(connection)) return false;
  return link?.is_signup_enabled ?? connection.options.disable_signup !== true;
}

/** A hidden enterprise connection is for requests that name it. */
function visible(options: readonly LoginOption[]): readonly LoginOption[] {
  const shown = options.filter(
    ({ connection, link }) => isDatabase(connection) || link?.show_as_button !== false,
  );
  if (shown.length === 0) throw invalidRequest("no connections enabled for the organization are visible");
  return shown;
}

/**
 * The connection whose people sign in by the form: the tenant's default directory where it is among the options,
 * else the first database.
 */
export function databaseAmong(
  context: Auth0Context,
  options: readonly LoginOption[],
): LoginOption | undefined {
  const databases = options.filter(({ connection }) => isDatabase(connection));
  const preferred = findSettings(context).default_directory;
  return databases.find(({ connection }) => connection.name === preferred) ?? databases[0];
}

/** The connection whose people have email addresses of this domain (Auth0 docs: Home Realm Discovery), if it is one. */
export function homeRealm(options: readonly LoginOption[], email = ""): ConnectionRecord | undefined {
  const domain = email.trim().toLowerCase().split("@")[1];
  const [only, ...more] = options.filter(({ connection: { options: settings } }) => {
    const { domain_aliases: aliases } = settings;
    return domain !== undefined && Array.isArray(aliases) && aliases.includes(domain);
  });
  return more.length === 0 ? only?.connection : undefined;
}

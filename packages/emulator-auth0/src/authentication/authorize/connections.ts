import { and, compositeKey, eq } from "@ai-api-access/emulator-core";
import type {
  Client,
  Collections,
  Connection,
  Organization,
  OrganizationConnection,
} from "../../collections.ts";
import { AuthorizeError } from "./errors.ts";

/** A connection to sign in with. */
export interface LoginOption {
  readonly connection: Connection;
  /** How the organization has it; absent without an organization. */
  readonly link: OrganizationConnection | undefined;
  /** Whether people may make an account of their own. */
  readonly signup: boolean;
}

function invalid(description: string): AuthorizeError {
  return new AuthorizeError("invalid_request", description);
}

/**
 * The connections with which a person may sign in: enabled for the application and, within an organization, for the
 * organization as well (Auth0 docs: login flows for organizations). `wanted`, the request's `connection`, leaves
 * that one alone. Throws where there is none.
 */
export function loginOptions(
  db: Collections,
  client: Client,
  organization: Organization | undefined,
  wanted: string | undefined,
): readonly LoginOption[] {
  const enabled = (id: string): boolean => db.connectionClients.has(compositeKey(id, client.client_id));
  const links = organization === undefined ? undefined : enabledLinks(db, organization);
  if (links?.length === 0) throw invalid("no connections enabled for the organization");
  const ids =
    links?.map((link) => link.connection_id) ??
    db.connectionClients.find(eq("client_id", client.client_id)).map((link) => link.connection_id);
  const options = ids.filter(enabled).flatMap((id): LoginOption[] => {
    const connection = db.connections.get(id);
    const link = links?.find((one) => one.connection_id === id);
    return connection === undefined ? [] : [{ connection, link, signup: allowsSignup(connection, link) }];
  });
  if (options.length === 0) throw invalid("no connections enabled for the client");
  if (wanted === undefined) return visible(options);
  const option = options.find(({ connection }) => connection.name === wanted);
  if (option === undefined) throw invalid("the connection was not found");
  return [option];
}

function enabledLinks(db: Collections, organization: Organization): OrganizationConnection[] {
  return db.organizationConnections.find(
    and<"organization_id" | "is_enabled">(eq("organization_id", organization.id), eq("is_enabled", true)),
  );
}

/** Auth0 docs, enable organization connections: the organization's setting goes before the connection's. */
function allowsSignup(connection: Connection, link: OrganizationConnection | undefined): boolean {
  if (!isDatabase(connection)) return false;
  return link?.is_signup_enabled ?? connection.options.disable_signup !== true;
}

/** A hidden enterprise connection is for requests that name it. */
function visible(options: readonly LoginOption[]): readonly LoginOption[] {
  const shown = options.filter(
    ({ connection, link }) => isDatabase(connection) || link?.show_as_button !== false,
  );
  if (shown.length === 0) throw invalid("no connections enabled for the organization are visible");
  return shown;
}

/** Whether the tenant itself knows the passwords of a connection's people. */
export function isDatabase(connection: Connection): boolean {
  return connection.strategy === "auth0";
}

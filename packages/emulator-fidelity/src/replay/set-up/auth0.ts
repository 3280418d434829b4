import { z } from "zod";
import { isRecord, jsonObjectSchema, jsonSchema, recordOr, without } from "@ai-api-access/emulator-core";
import { MANAGEMENT_API } from "@ai-api-access/emulator-auth0/management/resource-servers/identifier.ts";
import type { Collections } from "../target.ts";
import { only, placed, textAt } from "./kind.ts";
import type { Fact, Kind, Shown } from "./kind.ts";

const LONG_AGO = "2020-01-01T00:00:00.000Z";

/** Of one value what another has too, by the names of properties at any depth. */
function within(value: unknown, other: unknown): unknown {
  if (!isRecord(value) || !isRecord(other)) return value;
  const common = Object.entries(value).filter(([key]) => key in other);
  return Object.fromEntries(common.map(([key, inner]) => [key, within(inner, other[key])]));
}

/** Two values as one, the first one's properties before the second's. */
function merged(value: unknown, other: unknown): unknown {
  if (!isRecord(value) || !isRecord(other)) return value ?? other;
  const keys = [...new Set([...Object.keys(value), ...Object.keys(other)])];
  return Object.fromEntries(keys.map((key) => [key, merged(value[key], other[key])]));
}

/** Only answers to GET show which versions of Node.js there are. */
const READ_ONLY = "sandbox_versions_available";

/**
 * The first settings that are shown, with what later ones add and no request has set. The answer to a change shows
 * some that no other does, and those to GET some with the value of settings that nobody has made: neither is kept.
 */
const settings: Fact = {
  by: "fact",
  name: "tenant settings",
  echoes: true,
  shownBy: ["tenant_settings_route", "patch_settings"],
  apply: (shown, collections, { sent }) => {
    const [first = {}, ...later] = shown;
    const added = later.reduce<Shown>((known, more) => ({ ...without(more, ...sent), ...known }), first);
    const [reads, changes] = [true, false].map((wanted) =>
      shown.filter((answer) => READ_ONLY in answer === wanted).reduce<unknown>(merged, undefined),
    );
    const readable = recordOr(within(added, reads ?? added));
    const made = isRecord(changes) ? only(readable, READ_ONLY, ...Object.keys(changes)) : readable;
    // What of the login page only answers to changes show is not in the others.
    const login = recordOr(recordOr(changes).universal_login);
    const all =
      "universal_login" in made
        ? { ...made, universal_login: { ...login, ...recordOr(made.universal_login) } }
        : made;
    return { ...collections, tenant_settings: [{ ...jsonObjectSchema.parse(all), key: "settings" }] };
  },
};

/** Properties that only tenants with all of the vendor's early-access features show without being asked. */
const EARLY = ["is_app_entitlement_active", "type", "options.password_options"];

const earlyAccess: Fact = {
  by: "fact",
  name: "early access",
  shownBy: [
    ...["get_organizations_by_id", "post_organizations", "patch_organizations_by_id"],
    ...["get_roles_by_id", "post_roles", "patch_roles_by_id"],
    "post_connections",
  ],
  apply: (_shown, collections, { unasked }) => {
    const all = EARLY.some((key) => unasked.has(key));
    if (!all && !unasked.has("third_party_client_access")) return collections;
    const access = all ? true : "third-party clients";
    return withFeatures(collections, { early_access: access });
  },
};

function withFeatures(collections: Collections, more: Shown): Collections {
  const [features] = collections.features ?? [];
  const all = { early_access: false, ...recordOr(features), ...more, key: "features" };
  return { ...collections, features: [jsonSchema.parse(all)] };
}

/** What the vendor changed in 2026, and how an answer from before shows it. */
const OLDER: Readonly<Record<string, (body: Shown, unasked: ReadonlySet<string>) => boolean>> = {
  "password policy": ({ options }, unasked) =>
    "passwordPolicy" in recordOr(options) && unasked.has("options.passwordPolicy"),
  "no one-time passwords": ({ options }) => {
    const methods = recordOr(options).authentication_methods;
    return isRecord(methods) && !("email_otp" in methods);
  },
  "always a next page": ({ members, next }) =>
    Array.isArray(members) && members.length < 50 && next !== undefined,
  permissive: (body, unasked) =>
    body.third_party_security_mode === "permissive" && unasked.has("third_party_security_mode"),
};

const before2026: Fact = {
  by: "fact",
  name: "answers as before changes of 2026",
  shownBy: ["post_connections", "get_connections_by_id", "get_members", "post_clients"],
  apply: (_shown, collections, { bodies, unasked }) => {
    const older = Object.keys(OLDER).filter((name) => bodies.some((body) => OLDER[name]?.(body, unasked)));
    return older.length === 0 ? collections : withFeatures(collections, { older });
  },
};

/** A tenant takes metadata documents of clients, and they are at their addresses as its answers map them. */
const clientDocuments: Fact = {
  by: "fact",
  name: "metadata documents of clients",
  echoes: true,
  shownBy: ["post_clients_cimd_preview", "post_clients_cimd_register"],
  apply: (_shown, collections) => ({
    ...collections,
    tenant_settings: (collections.tenant_settings ?? []).map((one) =>
      jsonSchema.parse({ ...recordOr(one), client_id_metadata_document_supported: true }),
    ),
  }),
  documents: (shown) =>
    new Map(
      shown.map(({ mapped_fields: fields, validation }) => {
        const { external_client_id: id, name, callbacks, app_type: type, ...same } = recordOr(fields);
        const [warning = ""] = z.array(z.string()).catch([]).parse(recordOr(validation).warnings);
        const [, unsupported] = /^Ignoring unsupported properties: (.+?)\. /.exec(warning) ?? [];
        const ignored = Object.fromEntries(unsupported?.split(", ").map((one) => [one, ""]) ?? []);
        const document = {
          ...{ client_id: id, client_name: name, redirect_uris: callbacks, ...same, ...ignored },
          application_type: type === "native" ? "native" : "web",
        };
        return [String(id), document];
      }),
    ),
};

const OF_MANAGEMENT = /^https:\/\/[^/]+\/api\/v2\/$/;

/** The Management API has the scopes of its time. */
const managementApi: Fact = {
  by: "fact",
  name: "Management API",
  echoes: true,
  shownBy: ["get_resource-servers", "get_resource-servers_by_id"],
  apply: (shown, collections) => {
    const system = shown.find(
      ({ is_system: is, identifier, scopes }) =>
        scopes !== undefined && (is === true || OF_MANAGEMENT.test(String(identifier))),
    );
    if (system === undefined) return collections;
    const servers = (collections.resource_servers ?? []).map((server) =>
      isRecord(server) && server.is_system === true
        ? jsonSchema.parse({ ...server, ...only(system, "scopes") })
        : server,
    );
    return { ...collections, resource_servers: servers };
  },
};

/** The clients of connections, as the connections show them. */
function withClients(connections: readonly Shown[], collections: Collections): Collections {
  const links = connections.flatMap((connection) => {
    const clients = z.array(z.string()).catch([]).parse(connection.enabled_clients);
    return clients.map((client) => jsonSchema.parse({ connection_id: connection.id, client_id: client }));
  });
  return { ...collections, connection_clients: links };
}

/** What recorded Auth0 tenants were and held, in the order in which it has to be made. */
export const auth0Kinds: readonly Kind[] = [
  settings,
  earlyAccess,
  before2026,
  clientDocuments,
  managementApi,
  placed(
    "client",
    "clients",
    {
      listedBy: "get_clients",
      shownBy: ["get_clients_by_id", "patch_clients_by_id"],
      madeBy: ["post_clients"],
    },
    {
      id: (shown) => textAt(shown, "client_id"),
      document: (shown) => ({
        global: false,
        is_first_party: true,
        grant_types: [],
        name: shown.client_id,
        ...without(shown, "signing_keys"),
      }),
    },
  ),
  placed(
    "connection",
    "connections",
    {
      listedBy: "get_connections",
      shownBy: ["get_connections_by_id", "patch_connections_by_id"],
      madeBy: ["post_connections"],
    },
    { document: (shown) => ({ options: {}, ...without(shown, "enabled_clients") }), more: withClients },
  ),
  placed(
    "role",
    "roles",
    {
      listedBy: "get_roles",
      shownBy: ["get_roles_by_id", "get_user_roles", "get_organization_member_roles"],
      madeBy: ["post_roles"],
    },
    {
      document: (shown) => ({ ...only(shown, "id", "name"), description: shown.description ?? null }),
    },
  ),
  placed(
    "organization",
    "organizations",
    {
      listedBy: "get_organizations",
      shownBy: ["get_organizations_by_id", "get_name_by_name"],
      madeBy: ["post_organizations"],
    },
    { document: (shown) => ({ ...shown, created_at: LONG_AGO }) },
  ),
  placed(
    "client grant",
    "client_grants",
    { listedBy: "get_client-grants", shownBy: ["get_client-grant"], madeBy: ["post_client-grants"] },
    {
      natural: (shown) => JSON.stringify([shown.client_id, shown.audience]),
      document: (shown) => ({
        ...shown,
        audience: OF_MANAGEMENT.test(String(shown.audience)) ? MANAGEMENT_API : shown.audience,
      }),
    },
  ),
  {
    by: "api",
    name: "resource server",
    shownBy: ["get_resource-servers", "get_resource-servers_by_id"],
    madeBy: ["post_resource-servers"],
    id: (shown) => textAt(shown, "id"),
    natural: (shown) => textAt(shown, "name"),
    list: "/api/v2/resource-servers",
    create: (shown) => ({
      path: "/api/v2/resource-servers",
      body: without(shown, "id", "is_system", "client"),
    }),
  },
];

/** Makes on the twin what a real stack's values name as being there: people, roles, connections, groups, an API, a server. */
import { randomBytes } from "node:crypto";
import { TenantError, type TenantClient, type TenantClients } from "@ai-api-access/tenant-clients";
import { z } from "zod";
import type { ConfigValues } from "@ai-api-access/local/project.ts";
import { tenantClients } from "@ai-api-access/local/recovery/clients.ts";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";
import { code } from "./markdown.ts";
import { organizationsOf, type SideValues } from "./organizations.ts";

const list = <S extends z.ZodType>(schema: S) => z.array(schema).default([]).catch([]);
const text = z.string().optional().catch(undefined);

const existingSchema = z.object({ existing: text }).default({}).catch({});

/** What is read of the values; the config check says what is wrong with the rest. */
const namedSchema = z.object({
  "ai-api-access:baseStack": text,
  "ai-api-access:roles": list(z.object({ name: z.string(), permissions: list(z.string()) })),
  "ai-api-access:api": existingSchema,
  "ai-api-access:loginApp": existingSchema,
  "ai-api-access:serviceApp": z
    .object({
      authorizationServer: z.object({ existing: text }).default({}).catch({}),
      scopes: list(z.object({ name: z.string(), existing: z.boolean().default(false) })),
    })
    .default({ authorizationServer: {}, scopes: [] })
    .catch({ authorizationServer: {}, scopes: [] }),
});

/** The sides with the twin's ids, and what stands in for what. */
export interface Seeded {
  /** In the order given. */
  readonly sides: readonly SideValues[];
  /** Markdown. */
  readonly notes: readonly string[];
}

/** @param sides what the base and the head say: what either names is there for both */
export async function seed(access: TenantAccess, sides: readonly SideValues[]): Promise<Seeded> {
  const tenants = tenantClients(access);
  const ids = new Map<string, string>();
  const notes = new Set<string>();
  const complete = sides.map((side) => ({ ...side, values: inPlaceOfBase(side.values, notes) }));
  for (const side of complete) {
    const named = namedSchema.parse(side.values);
    const organizations = organizationsOf(side);
    const members = organizations.flatMap((organization) => organization.members);
    await people(tenants, members, notes);
    await roles(tenants, named, members, ids);
    await connections(tenants, organizations);
    await api(tenants, named, ids);
    await server(tenants, named, ids);
  }
  for (const [real, local] of ids) notes.add(`${code(local)} stands for ${code(real)}.`);
  return { sides: complete.map((side) => withIds(side, ids)), notes: [...notes] };
}

type Named = z.output<typeof namedSchema>;
type NamedOrganization = ReturnType<typeof organizationsOf>[number];
type Members = NamedOrganization["members"];

const BASE_API = "https://base-stack.example.com";
const BASE_APP = "ApplicationOfTheBaseStack";

/** The twin has one stack. Of a base stack, its API and application are there, its roles where somebody has them. */
function inPlaceOfBase(values: ConfigValues, notes: Set<string>): ConfigValues {
  const { "ai-api-access:baseStack": base, ...rest } = values;
  if (typeof base !== "string") return values;
  notes.add(`An API and an application of the twin stand for those of the stack ${code(base)}.`);
  return {
    ...rest,
    "ai-api-access:api": { existing: BASE_API },
    "ai-api-access:loginApp": { existing: BASE_APP },
  };
}

async function connections({ auth0, okta }: TenantClients, organizations: readonly NamedOrganization[]) {
  for (const { existing, groups } of organizations.flatMap((organization) => organization.connections)) {
    if (existing !== undefined) await make(auth0, "/connections", { name: existing, strategy: "auth0" });
    for (const name of groups) await make(okta, "/groups", { profile: { name } });
  }
}

/** With every permission that a role of the stack gives. */
async function api({ auth0 }: TenantClients, named: Named, ids: Map<string, string>): Promise<void> {
  const { existing: identifier } = named["ai-api-access:api"];
  if (identifier !== undefined) {
    const permissions = new Set(named["ai-api-access:roles"].flatMap((role) => role.permissions));
    const scopes = [...permissions].map((value) => ({ value }));
    await make(auth0, "/resource-servers", { identifier, name: "Stands for an API that exists", scopes });
  }
  const { existing: application } = named["ai-api-access:loginApp"];
  if (application === undefined || ids.has(application)) return;
  const made = await make(auth0, "/clients", {
    name: "Stands for an application that exists",
    app_type: "regular_web",
    callbacks: ["https://example.com/callback"],
  });
  if (made !== undefined) ids.set(application, made);
}

const FIRST_CONNECTION = "Username-Password-Authentication";

async function people(tenants: TenantClients, members: Members, notes: Set<string>): Promise<void> {
  for (const { user, email } of members) {
    // A user of a database; of any other the vendor makes one at the first login alone.
    const [, id] = /^auth0\|([\w.-]+)$/.exec(user ?? "") ?? [];
    if (user !== undefined && id === undefined) {
      notes.add(`${code(user)} cannot be made on the twin, where only people of databases can be.`);
      continue;
    }
    await make(tenants.auth0, "/users", {
      connection: FIRST_CONNECTION,
      email: email ?? `${id ?? ""}@example.com`,
      // A run warns of emails that are not verified; whether these are, only the real tenant knows.
      email_verified: true,
      password: `${randomBytes(18).toString("base64url")}aA1!`,
      ...(id === undefined ? {} : { user_id: id }),
    });
  }
}

/** A role that the stack does not declare is the tenant's own, by name or by id. */
async function roles(
  tenants: TenantClients,
  named: Named,
  members: Members,
  ids: Map<string, string>,
): Promise<void> {
  const declared = named["ai-api-access:roles"].map(({ name }) => name);
  const given = new Set(members.flatMap((member) => member.roles));
  for (const role of given) {
    if (declared.includes(role) || ids.has(role)) continue;
    const made = await make(tenants.auth0, "/roles", {
      name: role,
      description: "Stands for a role that exists",
    });
    if (role.startsWith("rol_") && made !== undefined) ids.set(role, made);
  }
}

async function server(tenants: TenantClients, named: Named, ids: Map<string, string>): Promise<void> {
  const { authorizationServer, scopes } = named["ai-api-access:serviceApp"];
  const { existing } = authorizationServer;
  if (existing === undefined) return;
  if (existing !== "default" && !ids.has(existing)) {
    const made = await make(tenants.okta, "/authorizationServers", {
      name: existing,
      description: "Stands for a server that exists",
      audiences: ["https://api.example.com"],
      issuerMode: "ORG_URL",
    });
    if (made !== undefined) ids.set(existing, made);
  }
  const id = ids.get(existing) ?? existing;
  for (const { name } of scopes.filter((scope) => scope.existing)) {
    await make(tenants.okta, `/authorizationServers/${id}/scopes`, { name });
  }
}

/** Every text that is one of the ids, replaced. */
function withIds({ values, files }: SideValues, ids: ReadonlyMap<string, string>): SideValues {
  const replaced = (value: unknown): unknown => {
    if (typeof value === "string") return ids.get(value) ?? value;
    if (Array.isArray(value)) return value.map(replaced);
    if (typeof value !== "object" || value === null) return value;
    return inEach(value);
  };
  const inEach = (object: object): Record<string, unknown> =>
    Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, replaced(inner)]));
  return { values: inEach(values), files: inEach(files) };
}

const madeSchema = z
  .object({ id: z.string().optional(), client_id: z.string().optional() })
  .transform((made) => ({ id: made.id ?? made.client_id }));

/** @returns the id of what was made; undefined where there is one already, or the tenant does not take it */
async function make(client: TenantClient, path: string, body: unknown): Promise<string | undefined> {
  try {
    return madeSchema.safeParse(await client.send("POST", path, body)).data?.id;
  } catch (error) {
    if (error instanceof TenantError && error.failure === "refused") return undefined;
    throw error;
  }
}

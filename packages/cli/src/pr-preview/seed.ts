/** Makes on the twin what a real stack's values name as being there: people, roles, a connection, a server. */
import { randomBytes } from "node:crypto";
import { TenantError, type TenantClient, type TenantClients } from "@ai-api-access/tenant-clients";
import { z } from "zod";
import type { ConfigValues } from "@ai-api-access/local/project.ts";
import { tenantClients } from "@ai-api-access/local/recovery/clients.ts";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";
import { code } from "./markdown.ts";

const list = <S extends z.ZodType>(schema: S) => z.array(schema).default([]).catch([]);
const text = z.string().optional().catch(undefined);

/** What is read of the values; the config check says what is wrong with the rest. */
const namedSchema = z.object({
  "ai-api-access:members": list(z.object({ user: text, email: text, roles: list(z.string()) })),
  "ai-api-access:roles": list(z.object({ name: z.string() })),
  "ai-api-access:connection": z.object({ existing: text }).default({}).catch({}),
  "ai-api-access:serviceApp": z
    .object({
      authorizationServer: z.object({ existing: text }).default({}).catch({}),
      scopes: list(z.object({ name: z.string(), existing: z.boolean().default(false) })),
    })
    .default({ authorizationServer: {}, scopes: [] })
    .catch({ authorizationServer: {}, scopes: [] }),
});

/** The values with the twin's ids, and what stands in for what. */
export interface Seeded {
  /** In the order given. */
  readonly values: readonly ConfigValues[];
  /** Markdown. */
  readonly notes: readonly string[];
}

/** @param sides the values of the base and of the head: what either names is there for both */
export async function seed(access: TenantAccess, sides: readonly ConfigValues[]): Promise<Seeded> {
  const tenants = tenantClients(access);
  const ids = new Map<string, string>();
  const notes = new Set<string>();
  for (const values of sides) {
    const named = namedSchema.parse(values);
    await people(tenants, named, notes);
    await roles(tenants, named, ids);
    const { existing } = named["ai-api-access:connection"];
    if (existing !== undefined) {
      await make(tenants.auth0, "/connections", { name: existing, strategy: "auth0" });
    }
    await server(tenants, named, ids);
  }
  for (const [real, local] of ids) notes.add(`${code(local)} stands for ${code(real)}.`);
  return { values: sides.map((values) => withIds(values, ids)), notes: [...notes] };
}

type Named = z.output<typeof namedSchema>;

const FIRST_CONNECTION = "Username-Password-Authentication";

async function people(tenants: TenantClients, named: Named, notes: Set<string>): Promise<void> {
  for (const { user, email } of named["ai-api-access:members"]) {
    // A user of a database; of any other the vendor makes one at the first login alone.
    const [, id] = /^auth0\|([\w.-]+)$/.exec(user ?? "") ?? [];
    if (user !== undefined && id === undefined) {
      notes.add(`${code(user)} cannot be made on the twin, where only people of databases can be.`);
      continue;
    }
    await make(tenants.auth0, "/users", {
      connection: FIRST_CONNECTION,
      email: email ?? `${id ?? ""}@example.com`,
      password: `${randomBytes(18).toString("base64url")}aA1!`,
      ...(id === undefined ? {} : { user_id: id }),
    });
  }
}

/** A role that the stack does not declare is the tenant's own, by name or by id. */
async function roles(tenants: TenantClients, named: Named, ids: Map<string, string>): Promise<void> {
  const declared = named["ai-api-access:roles"].map(({ name }) => name);
  const given = new Set(named["ai-api-access:members"].flatMap((member) => member.roles));
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
function withIds(values: ConfigValues, ids: ReadonlyMap<string, string>): ConfigValues {
  const replaced = (value: unknown): unknown => {
    if (typeof value === "string") return ids.get(value) ?? value;
    if (Array.isArray(value)) return value.map(replaced);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner)]));
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, replaced(value)]));
}

const madeSchema = z.object({ id: z.string() });

/** @returns the id of what was made; undefined where there is one already, or the tenant does not take it */
async function make(client: TenantClient, path: string, body: unknown): Promise<string | undefined> {
  try {
    return madeSchema.safeParse(await client.send("POST", path, body)).data?.id;
  } catch (error) {
    if (error instanceof TenantError && error.failure === "refused") return undefined;
    throw error;
  }
}

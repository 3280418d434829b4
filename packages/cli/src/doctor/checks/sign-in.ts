/** Whether the members have an account in a connection of their organization; those who have none cannot sign in. */
import { auth0Types, parseUrn } from "@ai-api-access/resource-catalog";
import type { TenantClient } from "@ai-api-access/tenant-clients";
import { z } from "zod";
import type { StackConfig } from "@ai-api-access/local/program.ts";
import { count } from "../../shared/count.ts";
import { logicalName, type Organization } from "../../shared/organization.ts";
import { isKnown } from "../../shared/program/walk.ts";
import { ok, wrong, type Check } from "../check.ts";
import { idOf, type Inspection } from "../inspect.ts";

const SUBJECT = "sign-in";

const userSchema = z.object({
  email: z.string().optional(),
  identities: z.array(z.object({ connection: z.string() })).default([]),
});
const linksSchema = z.array(z.object({ connection: z.object({ name: z.string() }) }));

/** Somebody, and the connections in which they have an account. */
interface Account {
  readonly name: string;
  readonly connections: readonly string[];
}

export async function checkSignIn(
  { organizations }: StackConfig,
  inspection: Inspection,
  state: ReadonlyMap<string, string | undefined>,
  auth0: TenantClient,
): Promise<Check[]> {
  const missing = new Set(inspection.problems.map(({ what }) => what.split(" (")[0]));
  // One that is not there is named as such, and says nothing about the members.
  const known = organizations.filter(
    ({ connections }) => !connections.some(({ name }) => missing.has(`connection ${name}`)),
  );
  const looked = await Promise.all(
    known.map(async (organization) => {
      const accounts = await accountsOf(organization, inspection, auth0);
      if (accounts.length === 0) return [];
      const id = idOf(inspection, organization, state);
      const declared = organization.connections.map(({ name }) => name);
      const linked = new Set([...declared, ...(id === undefined ? [] : await linkedTo(auth0, id))]);
      return { organization, accounts, linked };
    }),
  );
  const found = looked.flat();
  const outside = found.flatMap(whoCannot);
  if (outside.length > 0 || found.length === 0) return outside;
  const members = count(
    found.reduce((sum, { accounts }) => sum + accounts.length, 0),
    "member",
  );
  const names = [...new Set(found.flatMap(({ linked }) => [...linked]))];
  const where = found.length === 1 ? names.join(", ") : `a connection of their ${found.length} organizations`;
  return [ok(SUBJECT, `${members} with an account in ${where}`)];
}

interface Looked {
  readonly organization: Organization;
  readonly accounts: readonly Account[];
  /** Names of connections. */
  readonly linked: ReadonlySet<string>;
}

function whoCannot({ organization: { name, file }, accounts, linked }: Looked): Check[] {
  const outside = accounts.filter(({ connections }) => !connections.some((one) => linked.has(one)));
  if (outside.length === 0) return [];
  const who = outside
    .map((person) => `${person.name} (in ${person.connections.join(", ") || "no connection"})`)
    .join(", ");
  const all = outside.length === accounts.length ? ": none of the members can sign in" : "";
  const connections = linked.size === 1 ? "the connection" : "the connections";
  const whose = file === undefined ? "the organization" : `organization ${name}`;
  return [
    wrong(
      SUBJECT,
      `no account in ${[...linked].join(", ")}, ${connections} of ${whose}: ${who}${all}`,
      "name the connection that they are in as existing under connections, or give them accounts in this one " +
        "(docs/first-person.md)",
    ),
  ];
}

/** Of the members whose ids are known. */
async function accountsOf(
  organization: Organization,
  { registrations }: Inspection,
  auth0: TenantClient,
): Promise<Account[]> {
  const component = logicalName(organization, "members");
  const userIds = registrations
    .filter(({ type, parent = "" }) => {
      return type === auth0Types.organizationMember.token && parseUrn(parent).name === component;
    })
    .map(({ inputs }) => inputs.userId)
    .filter((id) => typeof id === "string" && isKnown(id));
  return (await Promise.all(userIds.map((id) => accountOf(auth0, String(id))))).flat();
}

/** Nothing where the person is not there or may not be read, which other checks say. */
async function accountOf(auth0: TenantClient, id: string): Promise<Account[]> {
  const { status, body } = await auth0.get(`/users/${encodeURIComponent(id)}`);
  if (status !== 200) return [];
  const { email, identities } = userSchema.parse(body);
  return [{ name: email ?? id, connections: identities.map(({ connection }) => connection) }];
}

async function linkedTo(auth0: TenantClient, organization: string): Promise<string[]> {
  const { status, body } = await auth0.get(`/organizations/${organization}/enabled_connections`);
  return status === 200 ? linksSchema.parse(body).map(({ connection }) => connection.name) : [];
}

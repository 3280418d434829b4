/** Whether the members have an account in a connection of the organization; those who have none cannot sign in. */
import { auth0Types } from "@ai-api-access/resource-catalog";
import type { TenantClient } from "@ai-api-access/tenant-clients";
import { z } from "zod";
import type { StackConfig } from "@ai-api-access/local/program.ts";
import { count } from "../../shared/count.ts";
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
  { connection }: StackConfig,
  inspection: Inspection,
  state: ReadonlyMap<string, string | undefined>,
  auth0: TenantClient,
): Promise<Check[]> {
  // One that is not there is named as such, and says nothing about the members.
  if (inspection.problems.some(({ what }) => what.split(" (")[0] === `connection ${connection.name}`))
    return [];
  const { organization, organizationMember } = auth0Types;
  const userIds = inspection.registrations
    .filter(({ type }) => type === organizationMember.token)
    .map(({ inputs }) => inputs.userId)
    .filter((id) => typeof id === "string" && isKnown(id));
  const accounts = (await Promise.all(userIds.map((id) => accountOf(auth0, String(id))))).flat();
  if (accounts.length === 0) return [];

  const id = idOf(inspection, organization, state);
  const linked = new Set([connection.name, ...(id === undefined ? [] : await linkedTo(auth0, id))]);
  const names = [...linked].join(", ");
  const outside = accounts.filter(({ connections }) => !connections.some((name) => linked.has(name)));
  if (outside.length === 0) {
    return [ok(SUBJECT, `${count(accounts.length, "member")} with an account in ${names}`)];
  }
  const who = outside
    .map(({ name, connections }) => `${name} (in ${connections.join(", ") || "no connection"})`)
    .join(", ");
  const all = outside.length === accounts.length ? ": none of the members can sign in" : "";
  return [
    wrong(
      SUBJECT,
      `no account in ${names}, the connection of the organization: ${who}${all}`,
      "name the connection that they are in as connection.existing, or give them accounts in this one " +
        "(docs/first-person.md)",
    ),
  ];
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

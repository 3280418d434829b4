/** Everybody in an organization, as lines of a members file. */
import type { Management } from "../auth0/management.ts";
import { listMembers } from "../auth0/organization.ts";
import { Refused } from "../core/organization.ts";
import type { Entry } from "../file/write.ts";
import { Mistake } from "./mistake.ts";

/** @throws Mistake when the tenant has no organization of that name */
export async function idOfOrganization(management: Management, named: string): Promise<string> {
  if (/^org_[A-Za-z0-9]+$/.test(named)) return named;
  try {
    const { id } = await management.call((client) => client.organizations.getByName(named).withRawResponse());
    if (id !== undefined) return id;
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 404) throw error;
  }
  throw new Mistake(
    `${management.domain} has no organization ${JSON.stringify(named)}.\nnext: look under Organizations in the dashboard`,
  );
}

/** In the order of their user ids, so that two exports can be compared. */
export async function entriesOf(management: Management, organization: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  const fields = "user_id,roles,email,name";
  for await (const { user_id: user, roles = [], email, name } of listMembers(
    management,
    organization,
    fields,
  )) {
    if (user === undefined) continue;
    const held = roles.flatMap((role) => nameFor(role) ?? []);
    entries.push({ user, roles: held.sort(), note: email ?? name ?? "" });
  }
  return entries.sort((a, b) => (a.user < b.user ? -1 : 1));
}

/** A role by name, or by id where the file could not tell its name from something else. */
function nameFor({
  id,
  name = "",
}: {
  id?: string | undefined;
  name?: string | undefined;
}): string | undefined {
  const plain = name === name.trim() && !/^'|;|^rol_|^$/.test(name);
  return plain ? name : id;
}

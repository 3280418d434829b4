/** Finds users by email, many at a time, and roles and organizations by name. */
import PQueue from "p-queue";
import type { TenantClient } from "../client.ts";
import { itemsAt, textAt, valueAt } from "../json.ts";

/** A user that has an email. Several may have the same one, each in a connection of its own. */
export interface FoundUser {
  readonly user: string;
  /** Names of the user's connections. */
  readonly connections: readonly string[];
  /** Whether the email was verified. */
  readonly isVerified: boolean;
}

/** How many emails one search asks for: some 2,000 characters of a URL. */
const EMAILS_A_SEARCH = 50;
/** Page size of a search, and how many pages there are (Auth0 docs: the first 1,000 results). */
const PAGE = 100;
const PAGES = 10;
/** So many people that the search does not know are asked for one by one. */
const ONE_BY_ONE = 20;
const AT_ONCE = 4;
const FIELDS = "fields=user_id,email,email_verified,identities";

/** Users by lower-case email; an email that nobody has is left out. @throws TenantError */
export async function findUsersByEmail(
  client: TenantClient,
  emails: readonly string[],
): Promise<Map<string, FoundUser[]>> {
  const found = new Map<string, FoundUser[]>();
  const queue = new PQueue({ concurrency: AT_ONCE });
  const chunks = Array.from({ length: Math.ceil(emails.length / EMAILS_A_SEARCH) }, (_, at) =>
    emails.slice(at * EMAILS_A_SEARCH, (at + 1) * EMAILS_A_SEARCH),
  );
  await queue.addAll(chunks.map((chunk) => () => search(client, chunk, found)));
  // The search lags behind; asking for one email does not (Auth0 docs: "Retrieve Users with Get Users by Email").
  const missing = emails.filter((email) => !found.has(email));
  if (missing.length <= ONE_BY_ONE) {
    await queue.addAll(missing.map((email) => () => ask(client, email, found)));
  }
  return found;
}

async function search(
  client: TenantClient,
  emails: readonly string[],
  found: Map<string, FoundUser[]>,
): Promise<void> {
  const query = encodeURIComponent(`email:(${emails.map(phrase).join(" OR ")})`);
  let pages = 0;
  for await (const page of client.pages(
    `/users?q=${query}&search_engine=v3&${FIELDS}&include_fields=true&per_page=${String(PAGE)}`,
  )) {
    for (const user of itemsAt(page)) keep(user, emails, found);
    pages += 1;
    if (pages === PAGES) return;
  }
}

async function ask(client: TenantClient, email: string, found: Map<string, FoundUser[]>): Promise<void> {
  const users = await client.read(`/users-by-email?email=${encodeURIComponent(email)}&${FIELDS}`);
  for (const user of itemsAt(users)) keep(user, [email], found);
}

/** A search finds more than it is asked for where emails share words; only the same email counts. */
function keep(item: unknown, asked: readonly string[], found: Map<string, FoundUser[]>): void {
  const user = textAt(item, "user_id");
  const key = textAt(item, "email")?.toLowerCase();
  if (user === undefined || key === undefined || !asked.includes(key)) return;
  const others = found.get(key) ?? [];
  if (others.some((other) => other.user === user)) return;
  const connections = itemsAt(item, "identities").flatMap((identity) => textAt(identity, "connection") ?? []);
  const isVerified = valueAt(item, "email_verified") === true;
  found.set(key, [...others, { user, connections, isVerified }]);
}

/** The users API takes Lucene syntax, in which a quote and a backslash inside quotes are escaped. */
function phrase(email: string): string {
  return `"${email.replace(/[\\"]/g, "\\$&")}"`;
}

/** Ids by name of the roles that the tenant has; a name that it does not have is left out. @throws TenantError */
export async function findRolesByName(
  client: TenantClient,
  names: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const queue = new PQueue({ concurrency: AT_ONCE });
  await queue.addAll(
    names.map((name) => async () => {
      const list = `/roles?name_filter=${encodeURIComponent(name)}&per_page=${String(PAGE)}`;
      for await (const page of client.pages(list)) {
        // The filter finds parts of names and any letter case.
        const role = itemsAt(page).find((candidate) => textAt(candidate, "name") === name);
        const id = textAt(role, "id");
        if (id === undefined) continue;
        found.set(name, id);
        return;
      }
    }),
  );
  return found;
}

/** The id of the organization with this name. @throws TenantError */
export async function findOrganizationByName(
  client: TenantClient,
  name: string,
): Promise<string | undefined> {
  return textAt(await client.read(`/organizations/name/${encodeURIComponent(name)}`), "id");
}

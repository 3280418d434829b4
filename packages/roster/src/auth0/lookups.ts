/** Finds the users that a file names by email, and the roles that it names but the stack does not declare. */
import PQueue from "p-queue";
import type { User } from "../src/tenant.ts";
import type { Management } from "./management.ts";

/** How many emails one search asks for: some 2,000 characters of a URL. */
const EMAILS_A_SEARCH = 50;
/** Page size of a search, and how many pages there are (Auth0 docs: the first 1,000 results). */
const PAGE = 100;
const PAGES = 10;
/** So many people that the search does not know are asked for one by one. */
const ONE_BY_ONE = 20;
const AT_ONCE = 4;

/** Users by lower-case email; an email that nobody has is left out. */
export async function findUsers(
  management: Management,
  emails: readonly string[],
): Promise<Map<string, User[]>> {
  const found = new Map<string, User[]>();
  const queue = new PQueue({ concurrency: AT_ONCE });
  const chunks = Array.from({ length: Math.ceil(emails.length / EMAILS_A_SEARCH) }, (_, at) =>
    emails.slice(at * EMAILS_A_SEARCH, (at + 1) * EMAILS_A_SEARCH),
  );
  await queue.addAll(chunks.map((chunk) => () => search(management, chunk, found)));
  // The search lags behind; asking for one email does not (Auth0 docs: "Retrieve Users with Get Users by Email").
  const missing = emails.filter((email) => !found.has(email));
  if (missing.length <= ONE_BY_ONE) {
    await queue.addAll(missing.map((email) => () => ask(management, email, found)));
  }
  return found;
}

async function search(
  management: Management,
  emails: readonly string[],
  found: Map<string, User[]>,
): Promise<void> {
  const q = `email:(${emails.map(phrase).join(" OR ")})`;
  for (let page = 0; page < PAGES; page += 1) {
    const { users, total } = await management.call(async (client) => {
      const { response, rawResponse } = await client.users.list({
        q,
        search_engine: "v3",
        fields: "user_id,email,identities",
        include_fields: true,
        include_totals: true,
        per_page: PAGE,
        page,
      });
      return { data: { users: response.users ?? [], total: response.total ?? 0 }, rawResponse };
    });
    for (const user of users) keep(user, emails, found);
    if (users.length === 0 || (page + 1) * PAGE >= total) return;
  }
}

async function ask(management: Management, email: string, found: Map<string, User[]>): Promise<void> {
  const users = await management.call((client) =>
    client.users.listUsersByEmail({ email, fields: "user_id,email,identities" }).withRawResponse(),
  );
  for (const user of users) keep(user, [email], found);
}

interface Auth0User {
  readonly user_id?: string | undefined;
  readonly email?: string | undefined;
  readonly identities?: readonly { readonly connection?: string | undefined }[] | undefined;
}

/** A search finds more than it is asked for where emails share words; only the same email counts. */
function keep(
  { user_id: user, email, identities }: Auth0User,
  asked: readonly string[],
  found: Map<string, User[]>,
) {
  const key = email?.toLowerCase();
  if (user === undefined || key === undefined || !asked.includes(key)) return;
  const others = found.get(key) ?? [];
  if (others.some((other) => other.user === user)) return;
  const connections = (identities ?? []).flatMap(({ connection }) => connection ?? []);
  found.set(key, [...others, { user, connections }]);
}

/** The users API takes Lucene syntax, in which a quote and a backslash inside quotes are escaped. */
function phrase(email: string): string {
  return `"${email.replace(/[\\"]/g, "\\$&")}"`;
}

/** Ids by name of the roles that the tenant has; a name that it does not have is left out. */
export async function findRoles(
  management: Management,
  names: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const queue = new PQueue({ concurrency: AT_ONCE });
  await queue.addAll(
    names.map((name) => async () => {
      for (let page = 0; ; page += 1) {
        const { roles, total } = await management.call(async (client) => {
          const { response, rawResponse } = await client.roles.list({
            name_filter: name,
            per_page: PAGE,
            page,
            include_totals: true,
          });
          return { data: { roles: response.roles ?? [], total: response.total }, rawResponse };
        });
        // The filter finds parts of names and any letter case.
        const role = roles.find((candidate) => candidate.name === name);
        if (role?.id !== undefined) found.set(name, role.id);
        if (role !== undefined || roles.length === 0 || (page + 1) * PAGE >= total) return;
      }
    }),
  );
  return found;
}

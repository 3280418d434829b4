/** The pages of the large lists, as the vendors' providers, SDKs and dashboards ask for them. */
import { z } from "zod";
import type { TenantClient, VendorName } from "../load/client.ts";
import { APPS, email, MEMBERS, userId, USERS, type Filled } from "./fill.ts";

/** One way of asking for pages. */
export interface Pages {
  readonly vendor: VendorName;
  readonly title: string;
  /** The paths to ask for, in turn. */
  readonly paths: readonly string[];
}

/** By number no list goes further than 1,000. */
const TEN = Array.from({ length: 10 }, (_, page) => String(page));
/** People from everywhere in the list. */
const SOME = Array.from({ length: 50 }, (_, index) => (index * 1999 + 7) % (USERS - 10));
const A_FEW = SOME.slice(0, 10);

/** @param clients to walk the lists with that are paged by cursor */
export async function pagesOf(
  { organization, role, connection }: Filled,
  clients: Readonly<Record<VendorName, TenantClient>>,
): Promise<Pages[]> {
  const members = `/organizations/${organization}/members`;
  const byNumber = (path: string): string[] =>
    TEN.map(
      (page) => `${path}${path.includes("?") ? "&" : "?"}per_page=100&include_totals=true&page=${page}`,
    );
  const search = (q: string): string =>
    `/users?search_engine=v3&include_totals=true&per_page=100&q=${encodeURIComponent(q)}`;
  const anyMember = (number: number): string => encodeURIComponent(userId(number % MEMBERS));
  const auth0: [title: string, paths: readonly string[]][] = [
    ["users, by number", byNumber("/users")],
    ["users, newest first", byNumber("/users?sort=created_at:-1")],
    ["users, some fields", byNumber("/users?fields=user_id,email&include_fields=true")],
    ["users by email", SOME.map((number) => `/users-by-email?email=${email(number)}`)],
    ["users, search: email", SOME.map((number) => search(`email:"${email(number)}"`))],
    ["users, search: user_id", SOME.map((number) => search(`user_id:"${userId(number)}"`))],
    [
      "users, search: a beginning that few have",
      A_FEW.map((number) => search(`email:${email(number).slice(0, 11)}*`)),
    ],
    ["users, search: a beginning that all have", [search("name:Person*")]],
    [
      "users, search: the connection that all have",
      [search('identities.connection:"Username-Password-Authentication"')],
    ],
    ["a user", SOME.map((number) => `/users/${encodeURIComponent(userId(number))}`)],
    ["a member's organizations", SOME.map((number) => `/users/${anyMember(number)}/organizations`)],
    ["a member's roles", SOME.map((number) => `${members}/${anyMember(number)}/roles`)],
    ["members, by number", byNumber(members)],
    ["members with roles, by number", byNumber(`${members}?fields=user_id,roles&include_fields=true`)],
    ["members, by cursor", await walked(clients.auth0, `${members}?take=100`)],
    ["users of a role, by number", byNumber(`/roles/${role}/users`)],
    ["users of a role, by cursor", await walked(clients.auth0, `/roles/${role}/users?take=100`)],
    ["clients, by number", byNumber("/clients")],
    ["clients, some fields", byNumber("/clients?fields=client_id,name&include_fields=true")],
    [
      "clients of a connection, by cursor",
      await walked(clients.auth0, `/connections/${connection}/clients?take=100`),
    ],
    ["clients of a connection, all in one", [`/connections/${connection}/clients?take=${String(APPS)}`]],
  ];
  const okta: [title: string, paths: readonly string[]][] = [
    ["apps, pages of 20", await linked(clients.okta, "/apps?limit=20")],
    ["apps, pages of 200", await linked(clients.okta, "/apps?limit=200")],
    [
      "apps, beginning of a label",
      TEN.map((digit) => `/apps?limit=200&q=Service ${digit}`.replace(" ", "%20")),
    ],
    ["apps, active ones", [`/apps?limit=200&filter=${encodeURIComponent('status eq "ACTIVE"')}`]],
  ];
  return [
    ...auth0.map(([title, paths]): Pages => ({ vendor: "auth0", title, paths })),
    ...okta.map(([title, paths]): Pages => ({ vendor: "okta", title, paths })),
  ];
}

/** All pages of a list with Auth0's cursors, from the first to the last. */
async function walked(client: TenantClient, first: string): Promise<string[]> {
  const paths = [first];
  for (const path of paths) {
    const { body } = await client.send("GET", path);
    const { next } = z.looseObject({ next: z.string().optional() }).parse(body);
    if (next !== undefined) paths.push(`${first}&from=${encodeURIComponent(next)}`);
  }
  return paths;
}

/** All pages of a list of Okta's, whose ids are their cursors. */
async function linked(client: TenantClient, first: string): Promise<string[]> {
  const paths = [first];
  for (const path of paths) {
    const { body } = await client.send("GET", path);
    const last = z
      .array(z.object({ id: z.string() }))
      .parse(body)
      .at(-1);
    if (last !== undefined) paths.push(`${first}&after=${last.id}`);
  }
  return paths;
}

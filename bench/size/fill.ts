/** Tenants as large as a company's: made through their APIs, all but the users, whose passwords would take hours. */
import { join } from "node:path";
import { z } from "zod";
import { serveTenants } from "@ai-api-access/local/tenants/serve.ts";
import { tenantClient, type TenantClient } from "../load/client.ts";

export const USERS = 100_000;
export const MEMBERS = 10_000;
export const APPS = 1_000;

/** The names by which pages are asked for. */
export interface Filled {
  readonly organization: string;
  readonly role: string;
  readonly connection: string;
}

const CONNECTIONS = 8;
/** Auth0 takes so many members, and users of a role, in one request. */
const AT_ONCE = 10;

export function userId(number: number): string {
  return `auth0|${number.toString(16).padStart(24, "0")}`;
}

export function email(number: number): string {
  return `person${String(number).padStart(6, "0")}@example.com`;
}

/** Fills the tenants of a folder. */
export async function fill(folder: string, say: (line: string) => void): Promise<Filled> {
  const tenants = await serveTenants({ folder, firstPorts: { auth0: 0, okta: 0 } });
  const auth0 = tenantClient("auth0", tenants.access, { connections: CONNECTIONS });
  const okta = tenantClient("okta", tenants.access, { connections: CONNECTIONS });
  try {
    say(`size: ${String(USERS)} users into ${join(folder, "auth0.sqlite")}`);
    addUsers(tenants.auth0);
    say(`size: ${String(MEMBERS)} members with a role, ${String(APPS)} apps at each vendor`);
    const filled = await fillAuth0(auth0);
    await inParallel(range(APPS), (number) => {
      return create(okta, "/apps", oktaApp(`Service ${String(number).padStart(4, "0")}`));
    });
    return filled;
  } finally {
    await Promise.all([auth0.close(), okta.close()]);
    await tenants.close();
  }
}

type Snapshot = ReturnType<Awaited<ReturnType<typeof serveTenants>>["auth0"]["snapshot"]>;

const userSchema = z.looseObject({
  user_id: z.string(),
  identities: z.tuple([z.looseObject({ user_id: z.string() })]),
});

/** As the last of the people that a tenant is born with, each with a name of their own and born a second later. */
function addUsers(tenant: { snapshot(): Snapshot; restore(snapshot: Snapshot): void }): void {
  const snapshot = tenant.snapshot();
  const model = userSchema.parse(snapshot.collections.users?.at(-1));
  const [identity] = model.identities;
  const born = Date.now() - USERS * 1000;
  const users = range(USERS - (snapshot.collections.users?.length ?? 0)).map((number) => {
    const at = new Date(born + number * 1000).toISOString();
    return {
      ...model,
      user_id: userId(number),
      email: email(number),
      nickname: `person${String(number)}`,
      name: `Person ${String(number)}`,
      given_name: "Person",
      family_name: String(number),
      created_at: at,
      updated_at: at,
      identities: [{ ...identity, user_id: userId(number).slice("auth0|".length) }],
    };
  });
  tenant.restore({
    ...snapshot,
    collections: {
      ...snapshot.collections,
      users: [...(snapshot.collections.users ?? []), ...z.array(z.json()).parse(users)],
    },
  });
}

async function fillAuth0(client: TenantClient): Promise<Filled> {
  const organization = await create(client, "/organizations", { name: "large" });
  const role = await create(client, "/roles", { name: "reader" });
  const members = range(MEMBERS).map(userId);
  const groups = range(MEMBERS / AT_ONCE).map((group) =>
    members.slice(group * AT_ONCE, (group + 1) * AT_ONCE),
  );
  await inParallel(groups, async (group) => {
    await create(client, `/organizations/${organization}/members`, { members: group });
    await create(client, `/roles/${role}/users`, { users: group });
  });
  await inParallel(members, (member) =>
    create(client, `/organizations/${organization}/members/${encodeURIComponent(member)}/roles`, {
      roles: [role],
    }),
  );
  const { body } = await client.send("GET", "/connections?name=Username-Password-Authentication");
  const connection = z.tuple([z.object({ id: z.string() })]).parse(body)[0].id;
  await inParallel(range(APPS), async (number) => {
    const body = { name: `Service ${String(number).padStart(4, "0")}`, app_type: "non_interactive" };
    const { client_id: id } = z
      .object({ client_id: z.string() })
      .parse((await client.send("POST", "/clients", body)).body);
    await create(client, `/connections/${connection}/clients`, [{ client_id: id, status: true }], "PATCH");
  });
  return { organization, role, connection };
}

async function create(client: TenantClient, path: string, body: unknown, method = "POST"): Promise<string> {
  const answer = await client.send(method, path, body);
  if (answer.status >= 300) {
    throw new Error(`${method} ${path}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
  }
  return z.object({ id: z.string() }).safeParse(answer.body).data?.id ?? "";
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const rest = items.values();
  const lanes = Array.from({ length: CONNECTIONS }, async () => {
    for (const item of rest) await work(item);
  });
  await Promise.all(lanes);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function oktaApp(label: string) {
  return {
    label,
    name: "oidc_client",
    signOnMode: "OPENID_CONNECT",
    credentials: { oauthClient: { token_endpoint_auth_method: "client_secret_post" } },
    settings: {
      oauthClient: {
        application_type: "service",
        grant_types: ["client_credentials"],
        response_types: ["token"],
      },
    },
  };
}

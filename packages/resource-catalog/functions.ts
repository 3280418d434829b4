/** The providers' functions that the program calls, answered from the vendors' APIs as the providers answer them. */
import { z } from "zod";
import type { Inputs, Readers, Vendor } from "./resource-type.ts";

export interface ProviderFunction {
  /** `auth0:index/getRole:getRole` */
  readonly token: string;
  readonly vendor: Vendor;
  readonly scopes: readonly string[];
  /** What in the configuration makes the program call it (for the documentation's table of scopes). */
  readonly neededFor: string;
  /** @throws an error with the provider's own words, by which the program knows what they mean */
  readonly answer: (given: Inputs, readers: Readers) => Promise<Readonly<Record<string, unknown>>>;
}

const text = (given: Inputs, key: string): string => encodeURIComponent(String(given[key]));

const users = z.array(z.object({ user_id: z.string() })).default([]);
const roles = z.array(z.object({ id: z.string(), name: z.string() })).default([]);
const connections = z
  .array(
    z.object({
      id: z.string(),
      name: z.string(),
      strategy: z.string(),
      options: z
        .looseObject({
          disable_signup: z.boolean().optional(),
          discovery_url: z.string().optional(),
          useCommonEndpoint: z.boolean().optional(),
        })
        .transform(
          ({ disable_signup: disableSignup, discovery_url: discoveryUrl, useCommonEndpoint, ...rest }) => ({
            ...{ ...rest, disableSignup, discoveryUrl },
            waadCommonEndpoint: useCommonEndpoint,
          }),
        )
        .optional(),
    }),
  )
  .default([]);
const tenant = z.object({ friendly_name: z.string().optional() });

function firstNamed<T extends { readonly name: string }>(
  found: readonly T[],
  { name }: Inputs,
  otherwise: string,
): T {
  const match = found.find((item) => item.name === name);
  if (match === undefined) throw new Error(otherwise);
  return match;
}

const getUser: ProviderFunction = {
  token: "auth0:index/getUser:getUser",
  vendor: "auth0",
  scopes: ["read:users"],
  neededFor: "`members` named by `email`",
  async answer(given, { auth0 }) {
    const [user, ...others] = users.parse(await auth0(`/users?search_engine=v3&q=${text(given, "query")}`));
    if (others.length > 0)
      throw new Error("Further improve the query to retrieve a single user from the query");
    if (user === undefined) throw new Error("No users found");
    // A preview warns of emails that are not verified; the commands, which ask for what is declared, need not.
    return { userId: user.user_id, emailVerified: true };
  },
};

const getRole: ProviderFunction = {
  token: "auth0:index/getRole:getRole",
  vendor: "auth0",
  scopes: ["read:roles"],
  neededFor: "`members` with a role that exists, by name",
  async answer(given, { auth0 }) {
    const found = roles.parse(await auth0(`/roles?per_page=100&name_filter=${text(given, "name")}`));
    return firstNamed(found, given, "No role found");
  },
};

const getConnection: ProviderFunction = {
  token: "auth0:index/getConnection:getConnection",
  vendor: "auth0",
  // Without the second, nobody sees whether strangers can sign up.
  scopes: ["read:connections", "read:connections_options"],
  neededFor: "`organization.connections` that exist",
  async answer(given, { auth0 }) {
    const found = connections.parse(await auth0(`/connections?name=${text(given, "name")}`));
    const { id, strategy, options } = firstNamed(found, given, "No connection found");
    return { id, strategy, options: options ? [options] : [] };
  },
};

const getTenant: ProviderFunction = {
  token: "auth0:index/getTenant:getTenant",
  vendor: "auth0",
  scopes: ["read:tenant_settings"],
  neededFor: "no `auth0:domain` (a login of the Auth0 CLI)",
  async answer(_given, { auth0 }) {
    tenant.parse(await auth0("/tenants/settings"));
    return { domain: "" };
  },
};

const resourceServer = z.object({
  scopes: z.array(z.object({ value: z.string() })).default([]),
  allow_offline_access: z.boolean().default(false),
  proof_of_possession: z
    .object({ required: z.boolean().optional(), required_for: z.string().optional() })
    .nullish(),
});

const getResourceServer: ProviderFunction = {
  token: "auth0:index/getResourceServer:getResourceServer",
  vendor: "auth0",
  scopes: ["read:resource_servers"],
  neededFor: "`api.existing`, `baseStack`",
  async answer(given, { auth0 }) {
    const found = await auth0(`/resource-servers/${text(given, "identifier")}`);
    if (found === undefined) throw new Error("404 Not Found: The resource server does not exist");
    const { scopes, allow_offline_access, proof_of_possession: proof } = resourceServer.parse(found);
    return {
      scopes: scopes.map(({ value }) => ({ name: value, description: "" })),
      allowOfflineAccess: allow_offline_access,
      proofOfPossessions: proof ? [{ required: proof.required, requiredFor: proof.required_for }] : [],
    };
  },
};

const groups = z.array(z.object({ id: z.string(), profile: z.object({ name: z.string() }) })).default([]);

const getGroup: ProviderFunction = {
  token: "okta:group/getGroup:getGroup",
  vendor: "okta",
  scopes: ["okta.groups.read"],
  neededFor: "`okta` connections",
  async answer(given, { okta }) {
    const found = groups.parse(await okta(`/groups?q=${text(given, "name")}`));
    const named = found.map(({ id, profile: { name } }) => ({ id, name }));
    return { id: firstNamed(named, given, "No group found").id };
  },
};

/** By token. */
export const providerFunctions: ReadonlyMap<string, ProviderFunction> = new Map(
  [getUser, getRole, getConnection, getTenant, getResourceServer, getGroup].map((one) => [one.token, one]),
);

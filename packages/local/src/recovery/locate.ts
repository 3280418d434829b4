/**
 * How a resource is found in a tenant without its id: by the physical name that the stack gives it. Only the
 * types whose second creation would meet a conflict or make a duplicate are here; the others (members, member
 * roles, permissions, client entries) can be sent again.
 */
import { z } from "zod";
import type { Get, TenantClients, TenantReaders } from "./clients.ts";
import { secretValue } from "./state.ts";

/** A resource's inputs as the engine would send them. */
export type Inputs = Readonly<Record<string, unknown>>;

/** Something that a tenant holds, by the id that Pulumi keeps of it. */
export interface Found {
  readonly id: string;
}

export interface Locator {
  /** Everything of that name; nothing as long as an input that it needs is unknown. */
  find(inputs: Inputs, clients: TenantReaders): Promise<readonly Found[]>;
  exists(id: string, inputs: Inputs, clients: TenantReaders): Promise<boolean>;
  /** Outputs that only a creation brings, and no later read. */
  outputs?(id: string, inputs: Inputs, clients: TenantReaders): Promise<Readonly<Record<string, unknown>>>;
  /** Takes one away; only for what may be there twice with one name. */
  remove?(id: string, clients: TenantClients): Promise<void>;
}

/** What a preview shows in place of a value that only `up` will know. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const named = z.looseObject({ id: z.string(), name: z.string().optional(), label: z.string().optional() });

/** The text inputs of those names, encoded for a path; `undefined` unless all are known. */
function known(inputs: Inputs, ...names: string[]): string[] | undefined {
  const values = names.map((name) => inputs[name]);
  return values.every((value) => typeof value === "string" && value !== UNKNOWN)
    ? values.map((value) => encodeURIComponent(String(value)))
    : undefined;
}

/** One object by a path made of known inputs. */
function byPath(
  vendor: (clients: TenantReaders) => Get,
  names: readonly string[],
  path: (values: string[]) => string,
  id: (answer: unknown, inputs: Inputs) => string,
): Locator["find"] {
  return async (inputs, clients) => {
    const values = known(inputs, ...names);
    if (values === undefined) return [];
    const answer = await vendor(clients)(path(values));
    return answer === undefined ? [] : [{ id: id(answer, inputs) }];
  };
}

/** Those of a list whose name is exactly the one asked for. */
function byList(
  vendor: (clients: TenantReaders) => Get,
  names: readonly string[],
  path: (values: string[]) => string,
  wanted: string,
  items: (
    answer: unknown,
  ) => readonly { id: string; name?: string | undefined; label?: string | undefined }[],
): Locator["find"] {
  return async (inputs, clients) => {
    const values = known(inputs, ...names, wanted);
    if (values === undefined) return [];
    const answer = await vendor(clients)(path(values));
    if (answer === undefined) return [];
    return items(answer)
      .filter((item) => (item.label ?? item.name) === inputs[wanted])
      .map(({ id }) => ({ id }));
  };
}

function byId(vendor: (clients: TenantReaders) => Get, path: string): Locator["exists"] {
  return async (id, _inputs, clients) =>
    (await vendor(clients)(`${path}/${encodeURIComponent(id)}`)) !== undefined;
}

/** A child of an authorization server: its id is known under its parents only. */
function below(path: (values: string[]) => string, ...parents: string[]): Locator["exists"] {
  return async (id, inputs, clients) => {
    const values = known(inputs, ...parents);
    return (
      values === undefined || (await clients.okta(`${path(values)}/${encodeURIComponent(id)}`)) !== undefined
    );
  };
}

/** Okta deletes only what is inactive. */
function deactivated(path: string): NonNullable<Locator["remove"]> {
  return async (id, clients) => {
    const one = `${path}/${encodeURIComponent(id)}`;
    await clients.send("okta", "POST", `${one}/lifecycle/deactivate`);
    await clients.send("okta", "DELETE", one);
  };
}

const auth0 = (clients: TenantReaders): Get => clients.auth0;
const okta = (clients: TenantReaders): Get => clients.okta;
const list = (answer: unknown) => z.array(named).parse(answer);
const answerId = (answer: unknown): string => named.parse(answer).id;
const server = "/authorizationServers";

/** By resource type, as the providers' SDKs name them. */
export const locators: Readonly<Partial<Record<string, Locator>>> = {
  "auth0:index/organization:Organization": {
    find: byPath(auth0, ["name"], ([name]) => `/organizations/name/${name}`, answerId),
    exists: byId(auth0, "/organizations"),
  },
  "auth0:index/connection:Connection": {
    find: byList(auth0, [], ([name]) => `/connections?name=${name}`, "name", list),
    exists: byId(auth0, "/connections"),
  },
  "auth0:index/organizationConnection:OrganizationConnection": {
    find: byPath(
      auth0,
      ["organizationId", "connectionId"],
      ([organization, connection]) => `/organizations/${organization}/connections/${connection}`,
      (_answer, inputs) => `${String(inputs.organizationId)}::${String(inputs.connectionId)}`,
    ),
    exists: async (id, _inputs, clients) => {
      const [organization = "", connection = ""] = id.split("::").map(encodeURIComponent);
      return (await clients.auth0(`/organizations/${organization}/connections/${connection}`)) !== undefined;
    },
  },
  "auth0:index/resourceServer:ResourceServer": {
    find: byPath(auth0, ["identifier"], ([identifier]) => `/resource-servers/${identifier}`, answerId),
    exists: byId(auth0, "/resource-servers"),
  },
  "auth0:index/role:Role": {
    find: byList(auth0, [], ([name]) => `/roles?per_page=100&name_filter=${name}`, "name", list),
    exists: byId(auth0, "/roles"),
  },
  "auth0:index/client:Client": {
    find: byList(
      auth0,
      [],
      () => "/clients?per_page=100&fields=client_id,name",
      "name",
      (answer) =>
        z
          .array(z.object({ client_id: z.string(), name: z.string().optional() }))
          .parse(answer)
          .map(({ client_id: id, name }) => ({ id, name })),
    ),
    exists: byId(auth0, "/clients"),
    remove: (id, clients) => clients.send("auth0", "DELETE", `/clients/${encodeURIComponent(id)}`),
  },
  "okta:app/oAuth:OAuth": {
    find: byList(okta, [], ([label]) => `/apps?limit=200&q=${label}`, "label", list),
    exists: byId(okta, "/apps"),
    outputs: appSecret,
    remove: deactivated("/apps"),
  },
  "okta:auth/server:Server": {
    find: byList(okta, [], ([name]) => `${server}?limit=200&q=${name}`, "name", list),
    exists: byId(okta, server),
    remove: deactivated(server),
  },
  "okta:auth/serverScope:ServerScope": {
    find: byList(okta, ["authServerId"], ([id]) => `${server}/${id}/scopes`, "name", list),
    exists: below(([id]) => `${server}/${id}/scopes`, "authServerId"),
  },
  "okta:auth/serverPolicy:ServerPolicy": {
    find: byList(okta, ["authServerId"], ([id]) => `${server}/${id}/policies`, "name", list),
    exists: below(([id]) => `${server}/${id}/policies`, "authServerId"),
  },
  "okta:auth/serverPolicyRule:ServerPolicyRule": {
    find: byList(
      okta,
      ["authServerId", "policyId"],
      ([id, policy]) => `${server}/${id}/policies/${policy}/rules`,
      "name",
      list,
    ),
    exists: below(([id, policy]) => `${server}/${id}/policies/${policy}/rules`, "authServerId", "policyId"),
  },
};

/** Okta shows a client secret in the answer to a creation, which was lost; its own endpoint still has it. */
async function appSecret(id: string, inputs: Inputs, { okta: get }: TenantReaders) {
  if (inputs.tokenEndpointAuthMethod === "private_key_jwt") return {};
  const secrets = z
    .array(z.object({ status: z.string(), client_secret: z.string() }))
    .parse((await get(`/apps/${id}/credentials/secrets`)) ?? []);
  const active = secrets.find(({ status }) => status === "ACTIVE");
  return active === undefined ? {} : { clientSecret: secretValue(active.client_secret) };
}

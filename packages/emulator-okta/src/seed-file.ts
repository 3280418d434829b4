/** What a seed file may say of an Okta org. Properties that are not named here are those of Okta's API. */
import { Seeding, Store, systemClock } from "@ai-api-access/emulator-core";
import type { ApiError, SeedFile, SeedMistake } from "@ai-api-access/emulator-core";
import { z } from "zod";
import { openContext } from "./context.ts";
import type { OktaContext } from "./context.ts";
import { OktaError } from "./errors.ts";
import { oktaRoutes } from "./routes.ts";
import { seedOrg } from "./seed.ts";
import { oktaVendor } from "./vendor.ts";

const names = z.array(z.string()).default([]);

const pinned = (prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}[A-Za-z0-9]{17}$`), `wants ${prefix} and 17 letters and digits`)
    .optional();

const group = z.strictObject({ id: pinned("00g"), name: z.string(), description: z.string().optional() });

const user = z.looseObject({
  id: pinned("00u"),
  email: z.string(),
  login: z.string().optional(),
  password: z.string().optional(),
  groups: names,
});

const app = z.looseObject({
  id: pinned("0oa"),
  label: z.string(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  token_endpoint_auth_method: z.string().optional(),
  pkce_required: z.boolean().optional(),
  application_type: z.string().default("service"),
  groups: names,
  grants: names,
});

const rule = z.strictObject({
  name: z.string(),
  grantTypes: z.array(z.string()).default(["client_credentials"]),
  scopes: z.array(z.string()).default(["*"]),
  groups: names,
  accessTokenLifetimeMinutes: z.int().optional(),
  refreshTokenLifetimeMinutes: z.int().optional(),
  refreshTokenWindowMinutes: z.int().optional(),
});

const policy = z.strictObject({
  name: z.string(),
  description: z.string().optional(),
  clients: z.array(z.string()).default(["ALL_CLIENTS"]),
  rules: z.array(rule).default([]),
});

type Policy = z.output<typeof policy>;

const server = z.looseObject({
  id: pinned("aus"),
  name: z.string(),
  scopes: z.array(z.looseObject({ name: z.string() })).default([]),
  claims: z.array(z.looseObject({ name: z.string() })).default([]),
  policies: z.array(policy).default([]),
});

const LISTS = ["groups", "users", "apps", "authorizationServers"];

/** Okta's summary names a field; what is wrong with it is in the causes. */
function wordsOf(refusal: ApiError): string {
  return refusal instanceof OktaError && refusal.causes.length > 0
    ? refusal.causes.join("; ")
    : refusal.message;
}

/** Fills a new org with what a file says, in addition to what every org has. Must run while it is seeded. */
export function readSeed(store: Store, context: OktaContext, file: SeedFile): SeedMistake[] {
  const tenant = { store, routes: oktaRoutes, vendor: oktaVendor, context, wordsOf };
  const seeding = new Seeding(tenant, file, "okta");
  seeding.lists(LISTS);
  addGroups(seeding);
  addUsers(seeding);
  addApps(seeding);
  addServers(seeding, context);
  seeding.finish();
  return seeding.mistakes;
}

/** What an org would refuse of a file; tried on one that is thrown away. */
export function oktaSeedMistakes(file: SeedFile): SeedMistake[] {
  const store = new Store(":memory:");
  try {
    const context = openContext(store, systemClock);
    return store.transaction(() => {
      seedOrg(context);
      return readSeed(store, context, file);
    });
  } finally {
    store.close();
  }
}

type OktaSeeding = Seeding<OktaContext>;
type Path = readonly PropertyKey[];

function addGroups(seeding: OktaSeeding): void {
  for (const { path, value } of seeding.entries("groups", group)) {
    const { id, ...profile } = value;
    const made = seeding.send(path, "addGroup", { body: { profile } })?.id;
    seeding.know("groups", [value.name], made);
    seeding.pin([...path, "id"], made, id);
  }
}

function addUsers(seeding: OktaSeeding): void {
  for (const { path, value } of seeding.entries("users", user)) {
    const { id, password, groups, ...profile } = value;
    const body = {
      profile: { ...profile, login: value.login ?? value.email },
      ...(password === undefined ? {} : { credentials: { password: { value: password } } }),
    };
    const made = seeding.send(path, "createUser", { body })?.id;
    seeding.pin([...path, "id"], made, id);
    for (const [at, groupId] of groupIds(seeding, path, groups)) {
      if (made === undefined) continue;
      seeding.send(at, "assignUserToGroup", { params: { groupId, userId: made } });
    }
  }
}

function addApps(seeding: OktaSeeding): void {
  for (const { path, value } of seeding.entries("apps", app)) {
    const { id, label, client_id, client_secret, token_endpoint_auth_method: method, ...more } = value;
    const { pkce_required, groups, grants, ...settings } = more;
    const machine = { grant_types: ["client_credentials"], response_types: ["token"] };
    const person = { grant_types: ["authorization_code"], response_types: ["code"] };
    const byKeys = "jwks" in settings || "jwks_uri" in settings;
    const body = {
      name: "oidc_client",
      label,
      signOnMode: "OPENID_CONNECT",
      credentials: {
        oauthClient: {
          client_id,
          client_secret,
          pkce_required,
          token_endpoint_auth_method: method ?? (byKeys ? "private_key_jwt" : "client_secret_basic"),
        },
      },
      settings: {
        oauthClient: { ...(value.application_type === "service" ? machine : person), ...settings },
      },
    };
    const made = seeding.send(path, "createApplication", { body })?.id;
    seeding.pin([...path, "id"], made, id);
    for (const [at, groupId] of groupIds(seeding, path, groups)) {
      if (made === undefined) continue;
      seeding.send(at, "assignGroupToApplication", { params: { appId: made, groupId }, body: {} });
    }
    for (const [index, scopeId] of grants.entries()) {
      if (made === undefined) continue;
      const sent = { params: { appId: made }, body: { scopeId, issuer: "https://localhost" } };
      seeding.send([...path, "grants", index], "grantConsentToScope", sent);
    }
  }
}

/** The server `default` is there; one of this name gets scopes, claims and policies in addition to its own. */
function addServers(seeding: OktaSeeding, { data }: OktaContext): void {
  for (const { path, value } of seeding.entries("authorizationServers", server)) {
    const { id, scopes, claims, policies, ...body } = value;
    const existing = data.authorizationServers.find().find(({ name }) => name === value.name)?.id;
    const made = existing ?? seeding.send(path, "createAuthorizationServer", { body })?.id;
    seeding.pin([...path, "id"], made, id);
    if (made === undefined) continue;
    const params = { authServerId: made };
    for (const [index, scope] of scopes.entries()) {
      seeding.send([...path, "scopes", index], "createOAuth2Scope", { params, body: scope });
    }
    for (const [index, claim] of claims.entries()) {
      seeding.send([...path, "claims", index], "createOAuth2Claim", { params, body: claim });
    }
    for (const [index, one] of policies.entries())
      addPolicy(seeding, [...path, "policies", index], params, one);
  }
}

function addPolicy(
  seeding: OktaSeeding,
  path: Path,
  server: { readonly authServerId: string },
  { rules, clients, ...settings }: Policy,
): void {
  const body = {
    type: "OAUTH_AUTHORIZATION_POLICY",
    description: settings.name,
    ...settings,
    conditions: { clients: { include: clients } },
  };
  const policyId = seeding.send(path, "createAuthorizationServerPolicy", { params: server, body })?.id;
  for (const [index, { name, grantTypes, scopes, groups, ...token }] of rules.entries()) {
    const at = [...path, "rules", index];
    const everyone = groups.length === 0 || groups.includes("EVERYONE");
    const others = groupIds(
      seeding,
      at,
      groups.filter((one) => one !== "EVERYONE"),
    );
    if (policyId === undefined) continue;
    seeding.send(at, "createAuthorizationServerPolicyRule", {
      params: { ...server, policyId },
      body: {
        type: "RESOURCE_ACCESS",
        name,
        conditions: {
          people: { groups: { include: everyone ? ["EVERYONE"] : others.map(([, id]) => id) } },
          grantTypes: { include: grantTypes },
          scopes: { include: scopes },
        },
        actions: { token },
      },
    });
  }
}

/** The groups that are there by these names, and where each is named. */
function groupIds(seeding: OktaSeeding, path: Path, groups: readonly string[]): [Path, string][] {
  return groups.flatMap((name, index): [Path, string][] => {
    const at = [...path, "groups", index];
    const found = seeding.find(at, "groups", name);
    return found === undefined ? [] : [[at, found]];
  });
}

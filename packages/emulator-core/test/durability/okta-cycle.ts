import { z } from "zod";
import type { Cycle, Fact } from "./writer.ts";

/** Those of a list that fit, as they are after `schema`. */
function list<T extends object>(
  path: string,
  schema: z.ZodType<T>,
  fits: (item: T) => boolean,
  shows: readonly T[] | null,
): Fact {
  return { path, view: (body) => z.array(schema).parse(body).filter(fits), shows };
}

const appSchema = z.object({ label: z.string(), status: z.string() });
const serverSchema = z.object({
  name: z.string(),
  description: z.string(),
  audiences: z.array(z.string()),
  status: z.string(),
});
const namedSchema = z.object({ name: z.string() });
const ruleSchema = z.object({ name: z.string(), conditions: z.object({ scopes: z.unknown() }) });

/** A service app and an authorization server with scope, policy and rule for it; all taken away again. */
export function* oktaCycle(name: string, keep: boolean): Cycle {
  const apps = (shows: readonly z.infer<typeof appSchema>[] | null) =>
    list(`/apps?q=${name}&limit=200`, appSchema, ({ label }) => label === name, shows);
  const servers = (shows: readonly z.infer<typeof serverSchema>[] | null) =>
    list(`/authorizationServers?q=${name}&limit=200`, serverSchema, (item) => item.name === name, shows);

  const app = yield { method: "POST", path: "/apps", body: appBody(name), becomes: [apps([active(name)])] };
  const server = { name, description: `${name} at first`, audiences: [`https://${name}.example.com`] };
  const later = { name, description: `${name} later`, audiences: [`https://${name}.example.org`] };
  const id = yield {
    method: "POST",
    path: "/authorizationServers",
    body: server,
    becomes: [servers([{ ...server, status: "ACTIVE" }])],
  };
  const ofServer = `/authorizationServers/${id}`;
  const scopes = (shows: readonly { name: string }[] | null) =>
    list(`${ofServer}/scopes`, namedSchema, (item) => item.name === "ai:read", shows);
  yield {
    method: "POST",
    path: `${ofServer}/scopes`,
    body: { name: "ai:read" },
    becomes: [scopes([{ name: "ai:read" }])],
  };
  const policies = (shows: readonly { name: string }[] | null) =>
    list(`${ofServer}/policies`, namedSchema, (item) => item.name === name, shows);
  const policy = yield {
    method: "POST",
    path: `${ofServer}/policies`,
    body: policyBody(name, app),
    becomes: [policies([{ name }])],
  };
  const ofPolicy = `${ofServer}/policies/${policy}`;
  const rule = { name, conditions: { scopes: { include: ["ai:read"] } } };
  const rules = (shows: readonly (typeof rule)[] | null) =>
    list(`${ofPolicy}/rules`, ruleSchema, () => true, shows);
  yield { method: "POST", path: `${ofPolicy}/rules`, body: ruleBody(name), becomes: [rules([rule])] };
  yield { method: "PUT", path: ofServer, body: later, becomes: [servers([{ ...later, status: "ACTIVE" }])] };
  if (keep) return;
  yield { method: "DELETE", path: ofPolicy, becomes: [policies(null), rules(null)] };
  yield {
    method: "POST",
    path: `${ofServer}/lifecycle/deactivate`,
    becomes: [servers([{ ...later, status: "INACTIVE" }])],
  };
  yield { method: "DELETE", path: ofServer, becomes: [servers(null), scopes(null)] };
  yield {
    method: "POST",
    path: `/apps/${app}/lifecycle/deactivate`,
    becomes: [apps([{ label: name, status: "INACTIVE" }])],
  };
  yield { method: "DELETE", path: `/apps/${app}`, becomes: [apps(null)] };
}

const active = (label: string) => ({ label, status: "ACTIVE" });

function appBody(label: string) {
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

function policyBody(name: string, app: string) {
  return {
    type: "OAUTH_AUTHORIZATION_POLICY",
    name,
    description: name,
    priority: 1,
    status: "ACTIVE",
    conditions: { clients: { include: [app] } },
  };
}

function ruleBody(name: string) {
  return {
    type: "RESOURCE_ACCESS",
    name,
    priority: 1,
    status: "ACTIVE",
    conditions: {
      grantTypes: { include: ["client_credentials"] },
      people: { groups: { include: ["EVERYONE"] } },
      scopes: { include: ["ai:read"] },
    },
    actions: {
      token: {
        accessTokenLifetimeMinutes: 60,
        refreshTokenLifetimeMinutes: 0,
        refreshTokenWindowMinutes: 10_080,
      },
    },
  };
}

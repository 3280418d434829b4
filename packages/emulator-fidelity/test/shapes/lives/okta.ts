import { generateKeyPairSync } from "node:crypto";
import { authorizationServer, policy, rule, serviceApp } from "@ai-api-access/testing/okta-tenant.ts";
import type { Life } from "./life.ts";

/** The life of an Okta org: a service app with its authorization server, as the stack declares it and more. */
export async function liveOkta(life: Life): Promise<void> {
  const group = await life.make("/api/v1/groups", { profile: { name: "Readers", description: "Read" } });
  await life.ask("PUT", `/api/v1/groups/${group}`, { profile: { name: "Readers", description: "Read all" } });
  const user = await people(life, group);
  await typesAndRoles(life, user);
  await groupRules(life, group);
  const app = await applications(life, group, user);
  await servers(life, app);
  await hooks(life);
  const shown = JSON.stringify(await life.ask("GET", `/api/v1/apps/${app}`));
  const accessPolicy = /"accessPolicy":\{"href":"[^"]*\/policies\/(\w+)"/.exec(shown)?.[1] ?? "";
  await life.read(
    "/.well-known/okta-organization",
    "/.well-known/oauth-authorization-server",
    "/api/v1/org",
    "/api/v1/users/me",
    "/api/v1/groups",
    `/api/v1/groups/${group}`,
    "/api/v1/policies?type=ACCESS_POLICY",
    `/api/v1/policies/${accessPolicy}`,
  );
}

async function people(life: Life, group: string): Promise<string> {
  const profile = {
    firstName: "Ada",
    lastName: "Lovelace",
    login: "ada@example.com",
    email: "ada@example.com",
  };
  const recovery_question = { question: "Which engine?", answer: "The analytical one" };
  const credentials = { password: { value: "Abcd1234" }, recovery_question };
  const user = await life.make("/api/v1/users", { profile, credentials });
  const path = `/api/v1/users/${user}`;
  await life.ask("PUT", path, { profile: { ...profile, title: "Countess" } });
  await life.ask("POST", path, { profile: { city: "London" } });
  await life.ask("POST", `${path}/credentials/change_password`, {
    oldPassword: { value: "Abcd1234" },
    newPassword: { value: "Efgh5678" },
  });
  await life.ask("POST", `${path}/credentials/change_recovery_question`, {
    password: { value: "Efgh5678" },
    recovery_question,
  });
  await life.ask("PUT", `/api/v1/groups/${group}/users/${user}`);
  await life.read("/api/v1/users", path, `${path}/groups`, `/api/v1/groups/${group}/users`);
  return user;
}

async function typesAndRoles(life: Life, user: string): Promise<void> {
  const types = "/api/v1/meta/types/user";
  const type = `${types}/${await life.make(types, { name: "contractor", displayName: "Contractor" })}`;
  await life.ask("POST", type, { displayName: "Contractors" });
  await life.read(types, type);
  const roles = `/api/v1/users/${user}/roles`;
  await life.make(roles, { type: "READ_ONLY_ADMIN" });
  await life.read(roles);
}

async function groupRules(life: Life, group: string): Promise<void> {
  const rule = {
    name: "Readers",
    conditions: { expression: { type: "urn:okta:expression:1.0", value: "true" } },
    actions: { assignUserToGroups: { groupIds: [group] } },
  };
  const path = `/api/v1/groups/rules/${await life.make("/api/v1/groups/rules", rule)}`;
  await life.ask("PUT", path, rule);
  await life.read("/api/v1/groups/rules", path);
  await life.ask("DELETE", path);
}

async function applications(life: Life, group: string, user: string): Promise<string> {
  const app = await life.make("/api/v1/apps", serviceApp());
  await life.ask("PUT", `/api/v1/apps/${app}`, serviceApp({ label: "AI Service" }));
  const path = `/api/v1/apps/${app}`;
  const secret = await life.make(`${path}/credentials/secrets`, {});
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = await life.make(`${path}/credentials/jwks`, {
    ...publicKey.export({ format: "jwk" }),
    kid: "first",
    alg: "RS256",
    use: "sig",
    status: "ACTIVE",
  });
  await life.ask("PUT", `${path}/groups/${group}`, {});
  await life.ask("POST", `${path}/users`, { id: user });
  await life.ask("POST", `${path}/users/${user}`, { profile: { nickname: "ada" } });
  const roles = `/oauth2/v1/clients/${path.slice("/api/v1/apps/".length)}/roles`;
  const role = await life.make(roles, { type: "HELP_DESK_ADMIN" });
  const grant = await life.make(`${path}/grants`, {
    scopeId: "okta.users.read",
    issuer: String((await life.ask("GET", "/.well-known/oauth-authorization-server")).issuer),
  });
  await life.read(
    "/api/v1/apps",
    path,
    `${path}/credentials/secrets`,
    `${path}/credentials/secrets/${secret}`,
    `${path}/credentials/jwks`,
    `${path}/credentials/jwks/${key}`,
    `${path}/groups`,
    `${path}/groups/${group}`,
    `${path}/users`,
    `${path}/users/${user}`,
    roles,
    `${roles}/${role}`,
    `${path}/grants`,
    `${path}/grants/${grant}`,
  );
  for (const turn of ["deactivate", "activate"]) {
    await life.ask("POST", `${path}/credentials/secrets/${secret}/lifecycle/${turn}`);
    await life.ask("POST", `${path}/credentials/jwks/${key}/lifecycle/${turn}`);
  }
  return app;
}

async function servers(life: Life, app: string): Promise<void> {
  const id = await life.make("/api/v1/authorizationServers", authorizationServer);
  const path = `/api/v1/authorizationServers/${id}`;
  await life.ask("PUT", path, { ...authorizationServer, description: "The AI API" });
  const scope = { name: "ai:read", description: "Read", consent: "IMPLICIT", metadataPublish: "NO_CLIENTS" };
  const scopeId = await life.make(`${path}/scopes`, scope);
  await life.ask("PUT", `${path}/scopes/${scopeId}`, { ...scope, description: "Read all" });
  const claim = { name: "plan", claimType: "RESOURCE", valueType: "EXPRESSION", value: "app.label" };
  const claimId = await life.make(`${path}/claims`, claim);
  await life.ask("PUT", `${path}/claims/${claimId}`, { ...claim, value: "app.id" });
  const allowed = { conditions: { clients: { include: [app] } } };
  const policyId = await life.make(`${path}/policies`, policy(allowed));
  await life.ask("PUT", `${path}/policies/${policyId}`, policy({ ...allowed, description: "Only it" }));
  const rules = `${path}/policies/${policyId}/rules`;
  const ruleId = await life.make(rules, rule());
  await life.ask("PUT", `${rules}/${ruleId}`, rule({ name: "machines" }));
  await life.ask("POST", `${path}/credentials/lifecycle/keyRotate`, { use: "sig" });
  const kid = await firstKey(life, path);
  await life.read(
    "/api/v1/authorizationServers",
    path,
    `${path}/credentials/keys/${kid}`,
    `${path}/scopes`,
    `${path}/scopes/${scopeId}`,
    `${path}/claims`,
    `${path}/claims/${claimId}`,
    `${path}/policies`,
    `${path}/policies/${policyId}`,
    rules,
    `${rules}/${ruleId}`,
  );
}

async function firstKey(life: Life, server: string): Promise<string> {
  await life.read(`${server}/credentials/keys`);
  const { credentials } = await life.ask("GET", server);
  return /"kid":"([\w-]+)"/.exec(JSON.stringify(credentials))?.[1] ?? "";
}

async function hooks(life: Life): Promise<void> {
  const hook = {
    name: "Before a token",
    type: "com.okta.oauth2.tokens.transform",
    version: "1.0.0",
    channel: { type: "HTTP", version: "1.0.0", config: { uri: "https://example.com/hook", method: "POST" } },
  };
  const id = await life.make("/api/v1/inlineHooks", hook);
  await life.ask("PUT", `/api/v1/inlineHooks/${id}`, { ...hook, name: "Before each token" });
  for (const turn of ["deactivate", "activate"]) {
    await life.ask("POST", `/api/v1/inlineHooks/${id}/lifecycle/${turn}`);
  }
  await life.read("/api/v1/inlineHooks", `/api/v1/inlineHooks/${id}`);
}

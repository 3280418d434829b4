import { generateKeyPairSync } from "node:crypto";
import { z } from "zod";
import { jsonObjectSchema, type Json } from "@ai-api-access/emulator-core";
import { authorizationServer, policy, rule, serviceApp } from "@ai-api-access/testing/okta-tenant.ts";
import { change, make, type Corpus } from "./step.ts";

const API = "/api/v1";

/** One of everything that Okta's APIs make and change, as their clients send it. */
export function* oktaCorpus(origin: string): Corpus {
  const group = yield* madeAndReplaced(`${API}/groups`, { profile: { name: "fuzz", description: "Fuzz" } });
  const login = "fuzz@example.com";
  const profile = { firstName: "F", lastName: "Uzz", email: login, login };
  const user = yield* make(
    `${API}/users?activate=true`,
    { profile, credentials: { password: { value: "Correct-horse-9" } } },
    `${API}/users/*`,
  );
  const membership = `${API}/groups/${group}/users/${user}`;
  yield { method: "PUT", path: membership, makes: membership };
  yield* madeAndReplaced(`${API}/inlineHooks`, {
    name: "fuzz",
    type: "com.okta.oauth2.tokens.transform",
    version: "1.0.0",
    channel: { type: "HTTP", version: "1.0.0", config: { uri: "https://example.com/hook", method: "POST" } },
  });
  yield* server(yield* application(origin, group));
}

interface Client {
  readonly client_id: string;
  readonly client_secret: string;
}

function* application(origin: string, group: string): Corpus<Client> {
  const apps = `${API}/apps`;
  const body = serviceApp({ label: "Fuzz" });
  const made = yield { method: "POST", path: apps, body, makes: `${apps}/*` };
  const { id, credentials } = appSchema.parse(made);
  const app = `${apps}/${id}`;
  yield* change("PUT", app, body);
  yield* change("PUT", `${app}/groups/${group}`, {}, `${app}/groups/${group}`);
  yield* make(`${app}/grants`, { scopeId: "okta.users.read", issuer: origin });
  const secrets = `${app}/credentials/secrets`;
  const secret = yield* make(secrets, {});
  yield { method: "POST", path: `${secrets}/${secret}/lifecycle/deactivate` };
  const jwk = { ...publicJwk(), kid: "fuzz", status: "ACTIVE" };
  const signing = serviceApp({
    label: "Fuzz, signing",
    credentials: { token_endpoint_auth_method: "private_key_jwt" },
    oauthClient: { jwks: { keys: [jwk] } },
  });
  const keys = `${apps}/${yield* make(apps, jsonObjectSchema.parse(signing))}/credentials/jwks`;
  yield* make(keys, { ...publicJwk(), kid: "second" });
  return credentials.oauthClient;
}

const appSchema = z.object({
  id: z.string(),
  credentials: z.object({ oauthClient: z.object({ client_id: z.string(), client_secret: z.string() }) }),
});

function* server(client: Client): Corpus {
  const servers = `${API}/authorizationServers`;
  const id = yield* madeAndReplaced(servers, { ...authorizationServer, name: "fuzz" });
  const own = `${servers}/${id}`;
  const scope = { name: "ai:read", description: "Read", consent: "IMPLICIT" };
  yield* madeAndReplaced(`${own}/scopes`, scope);
  yield* madeAndReplaced(`${own}/claims`, {
    name: "tier",
    status: "ACTIVE",
    claimType: "RESOURCE",
    valueType: "EXPRESSION",
    value: '"gold"',
    alwaysIncludeInToken: true,
  });
  const clients = { conditions: { clients: { include: [client.client_id] } } };
  const policies = `${own}/policies`;
  const policyId = yield* madeAndReplaced(policies, jsonObjectSchema.parse(policy(clients)));
  yield* madeAndReplaced(`${policies}/${policyId}/rules`, jsonObjectSchema.parse(rule()));
  yield {
    method: "POST",
    path: `/oauth2/${id}/v1/token`,
    form: { grant_type: "client_credentials", scope: "ai:read", ...client },
  };
}

/** Makes a thing and writes it again as it is. */
function* madeAndReplaced(path: string, body: Json): Corpus<string> {
  const id = yield* make(path, body);
  yield* change("PUT", `${path}/${id}`, body);
  return id;
}

function publicJwk() {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  return { kty: "RSA", alg: "RS256", use: "sig", n, e };
}

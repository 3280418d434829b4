import { generateKeyPairSync } from "node:crypto";
import { z } from "zod";
import { authorizationServer, policy, rule, serviceApp } from "@ai-api-access/testing/okta-tenant.ts";
import { idOf, type Corpus, type Deed } from "./deed.ts";

const API = "/api/v1";

/** One of everything that Okta's APIs make and change, as their clients send it. */
export function* oktaCorpus(origin: string): Corpus {
  const group = idOf(
    yield* madeAndReplaced(`${API}/groups`, { profile: { name: "fuzz", description: "Fuzz" } }),
  );
  const user = idOf(
    yield {
      method: "POST",
      path: `${API}/users?activate=true`,
      body: {
        profile: { firstName: "F", lastName: "Uzz", email: "fuzz@example.com", login: "fuzz@example.com" },
        credentials: { password: { value: "Correct-horse-9" } },
      },
      makes: `${API}/users/*`,
    },
  );
  const ofGroup = `${API}/groups/${group}/users/${user}`;
  yield { method: "PUT", path: ofGroup, makes: ofGroup };
  yield* madeAndReplaced(`${API}/inlineHooks`, {
    name: "fuzz",
    type: "com.okta.oauth2.tokens.transform",
    version: "1.0.0",
    channel: { type: "HTTP", version: "1.0.0", config: { uri: "https://example.com/hook", method: "POST" } },
  });
  const [app, secret] = yield* application(origin, group);
  yield* server(app, secret);
}

function* application(
  origin: string,
  group: string,
): Generator<Deed, [id: string, secret: string], Record<string, unknown>> {
  const made = yield* madeAndReplaced(`${API}/apps`, { ...serviceApp({ label: "Fuzz" }) });
  const id = idOf(made);
  const app = `${API}/apps/${id}`;
  yield { method: "PUT", path: `${app}/groups/${group}`, body: {}, makes: `${app}/groups/${group}` };
  yield {
    method: "POST",
    path: `${app}/grants`,
    body: { scopeId: "okta.users.read", issuer: origin },
    makes: `${app}/grants/*`,
  };
  const secret = yield {
    method: "POST",
    path: `${app}/credentials/secrets`,
    body: {},
    makes: `${app}/credentials/secrets/*`,
  };
  yield {
    method: "POST",
    path: `${app}/credentials/secrets/${idOf(secret)}/lifecycle/deactivate`,
  };
  yield {
    method: "POST",
    path: `/oauth2/v1/clients/${id}/roles`,
    body: { type: "READ_ONLY_ADMIN" },
    makes: `/oauth2/v1/clients/${id}/roles/*`,
  };
  const jwk = { ...publicJwk(), kid: "fuzz", status: "ACTIVE" };
  const signing = idOf(
    yield {
      method: "POST",
      path: `${API}/apps`,
      body: {
        ...serviceApp({
          label: "Fuzz, signing",
          credentials: { token_endpoint_auth_method: "private_key_jwt" },
          oauthClient: { jwks: { keys: [jwk] } },
        }),
      },
      makes: `${API}/apps/*`,
    },
  );
  const keys = `${API}/apps/${signing}/credentials/jwks`;
  yield { method: "POST", path: keys, body: { ...publicJwk(), kid: "second" }, makes: `${keys}/*` };
  return [id, secretOf(made)];
}

function* server(app: string, secret: string): Corpus {
  const id = idOf(
    yield* madeAndReplaced(`${API}/authorizationServers`, { ...authorizationServer, name: "fuzz" }),
  );
  const own = `${API}/authorizationServers/${id}`;
  yield* madeAndReplaced(`${own}/scopes`, { name: "ai:read", description: "Read", consent: "IMPLICIT" });
  yield* madeAndReplaced(`${own}/claims`, {
    name: "tier",
    status: "ACTIVE",
    claimType: "RESOURCE",
    valueType: "EXPRESSION",
    value: '"gold"',
    alwaysIncludeInToken: true,
  });
  const made = yield* madeAndReplaced(`${own}/policies`, {
    ...policy({ conditions: { clients: { include: [app] } } }),
  });
  yield* madeAndReplaced(`${own}/policies/${idOf(made)}/rules`, { ...rule() });
  yield {
    method: "POST",
    path: `/oauth2/${id}/v1/token`,
    form: { grant_type: "client_credentials", scope: "ai:read", client_id: app, client_secret: secret },
  };
}

/** Makes a thing and writes it again as it is. */
function* madeAndReplaced(
  path: string,
  body: NonNullable<Deed["body"]>,
): Generator<Deed, Record<string, unknown>, Record<string, unknown>> {
  const made = yield { method: "POST", path, body, makes: `${path}/*` };
  yield { method: "PUT", path: `${path}/${idOf(made)}`, body };
  return made;
}

function secretOf(app: Record<string, unknown>): string {
  const { credentials } = appSchema.parse(app);
  return credentials.oauthClient.client_secret;
}

const appSchema = z.object({
  credentials: z.object({ oauthClient: z.object({ client_secret: z.string() }) }),
});

function publicJwk(): Record<string, string> {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  return { kty: "RSA", alg: "RS256", use: "sig", n, e };
}

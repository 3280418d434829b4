/** The way into the Management API that the auth0 provider would take. */
import { ASSERTION_TYPE, signedAssertion } from "../assertion.ts";
import { TenantClient, unanswered, type ClientOptions } from "../client.ts";
import { send, Unanswered } from "../http.ts";
import { textAt } from "../json.ts";
import { grantIn, type Grant } from "../login.ts";
import type { Auth0Settings } from "./settings.ts";

const UNREACHABLE = "check auth0:domain, and that the network lets you through";
const REFUSED =
  "check auth0:clientId and auth0:clientSecret, and that the application is authorized for the Auth0 Management API";

/** A client of a tenant's Management API; paths begin below `/api/v2`. */
export function auth0Client(settings: Auth0Settings, options: ClientOptions = {}): TenantClient {
  const origin = auth0Origin(settings);
  return new TenantClient(
    {
      origin,
      path: "/api/v2",
      ask: () => askForToken(settings, options),
      unreachable: UNREACHABLE,
      // Auth0 docs, "Rate limit configurations": one bucket for the whole Management API.
      bucket: () => "",
    },
    options,
  );
}

function auth0Origin({ domain }: Auth0Settings): string {
  return `https://${domain}`;
}

/** A token for the Management API: the configured one, or one asked for. */
async function askForToken(settings: Auth0Settings, options: ClientOptions): Promise<Grant> {
  const { credentials } = settings;
  if (credentials.kind === "token") {
    const { token } = credentials;
    return { scheme: "Bearer", token, expires: undefined, scopes: scopesIn(token) };
  }
  const origin = auth0Origin(settings);
  const url = `${origin}/oauth/token`;
  const answer = await send(
    {
      method: "POST",
      url,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        grant_type: "client_credentials",
        audience: settings.audience ?? `${origin}/api/v2/`,
        client_id: credentials.clientId,
        ...(credentials.kind === "secret"
          ? { client_secret: credentials.clientSecret }
          : {
              client_assertion_type: ASSERTION_TYPE,
              client_assertion: await signedAssertion({ ...credentials, audience: `${origin}/` }),
            }),
      }),
    },
    options,
  ).catch((error: unknown) => {
    throw error instanceof Unanswered ? unanswered({ origin, unreachable: UNREACHABLE }, error.cause) : error;
  });
  const grant = grantIn({ url, answer, next: REFUSED, clock: options.clock });
  return { ...grant, scopes: grant.scopes ?? scopesIn(grant.token) };
}

/** What a token says of itself, without any proof that it is true. */
function scopesIn(token: string): readonly string[] | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return textAt(claims, "scope")?.split(" ");
  } catch {
    return undefined;
  }
}

/** The way into Okta's API that the okta provider would take. */
import { ASSERTION_TYPE, signedAssertion } from "../assertion.ts";
import { TenantClient, unanswered, type ClientOptions } from "../client.ts";
import type { Answer } from "../errors.ts";
import { send, Unanswered, type RetryOptions } from "../http.ts";
import { textAt } from "../json.ts";
import { grantIn, type Grant } from "../login.ts";
import type { OktaCredentials, OktaSettings } from "./settings.ts";

const UNREACHABLE = "check okta:orgName and okta:baseUrl, and that the network lets you through";
const REFUSED = "check okta:clientId, okta:privateKey and okta:scopes";

/** A client of an org's API; paths begin below `/api/v1`. */
export function oktaClient(settings: OktaSettings, options: ClientOptions = {}): TenantClient {
  const { origin } = settings;
  return new TenantClient(
    {
      origin,
      path: "/api/v1",
      ask: () => askForToken(settings, options),
      unreachable: UNREACHABLE,
      // Okta docs, "Rate limits": a bucket for each family of endpoints.
      bucket: (path) => path.split(/[/?]/)[1] ?? "",
    },
    options,
  );
}

async function askForToken({ origin, credentials }: OktaSettings, options: ClientOptions): Promise<Grant> {
  if (credentials.kind !== "key") {
    const { kind, token } = credentials;
    return { scheme: kind === "token" ? "SSWS" : "Bearer", token, expires: undefined, scopes: undefined };
  }
  const url = `${origin}/oauth2/v1/token`;
  const answer = await askForOktaToken(url, credentials, options);
  if (textAt(answer.body, "error") === "invalid_dpop_proof") return askWithProof(url, credentials, options);
  return grantIn({ url, answer, next: REFUSED, clock: options.clock });
}

/** An application that proves itself with a key. */
export type OktaKeyApp = Omit<Extract<OktaCredentials, { kind: "key" }>, "kind">;

/**
 * Asks a token endpoint of an org as an application would, and gives the answer of whatever status.
 *
 * @param proof of possession (DPoP), for an application that insists on one
 * @throws TenantError when there is none
 */
export async function askForOktaToken(
  url: string,
  app: OktaKeyApp,
  retry: RetryOptions = {},
  proof?: string,
): Promise<Answer> {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    scope: app.scopes.join(" "),
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: await signedAssertion({ ...app, algorithm: "RS256", audience: url }),
  });
  const headers = { accept: "application/json", ...(proof !== undefined && { dpop: proof }) };
  try {
    return await send({ method: "POST", url, headers, body }, retry);
  } catch (error) {
    const { origin } = new URL(url);
    throw error instanceof Unanswered ? unanswered({ origin, unreachable: UNREACHABLE }, error.cause) : error;
  }
}

/**
 * Okta docs, "Configure OAuth 2.0 Demonstrating Proof-of-Possession": API Services apps want it by default. The first
 * proof is answered with a nonce, which the second has to name. Okta compares the address in a proof with the one that it
 * got, unescaped (okta-sdk-nodejs, issue 521).
 */
async function askWithProof(url: string, app: OktaKeyApp, options: ClientOptions): Promise<Grant> {
  const { generateKeyPair, generateProof } = await import("dpop");
  const keys = await generateKeyPair("ES256");
  const first = await askForOktaToken(url, app, options, await generateProof(keys, url, "POST"));
  const nonce = first.headers.get("dpop-nonce") ?? undefined;
  const again = textAt(first.body, "error") === "use_dpop_nonce";
  const answer = again
    ? await askForOktaToken(url, app, options, await generateProof(keys, url, "POST", nonce))
    : first;
  const grant = grantIn({ url, answer, next: REFUSED, clock: options.clock });
  return {
    ...grant,
    scheme: "DPoP",
    proof: (method, target) =>
      generateProof(keys, decodeURIComponent(target.split("?")[0] ?? ""), method, undefined, grant.token),
  };
}

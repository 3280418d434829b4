import * as client from "openid-client";
import { recordOr } from "@ai-api-access/emulator-core";
import { issuerOf } from "../../management/connections/federated-options.ts";
import type { ConnectionRecord } from "../../management/connections/record.ts";
import { labelOf } from "../../management/connections/render.ts";
import { PageError } from "../authorize/answer.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Requests to this machine alone: a stand-in has no business with anybody's real identity provider. */
const toLoopback: client.CustomFetch = (url, { body = null, ...options }) => {
  if (LOOPBACK.has(new URL(url).hostname)) return fetch(url, { ...options, body, redirect: "error" });
  throw new Error(`${new URL(url).origin} is not on this machine`);
};

/** How the tenant proves itself at the token endpoint: with the secret in the body, unless the options say otherwise. */
function authentication(method: unknown, secret: string | undefined): client.ClientAuth {
  if (secret === undefined) return client.None();
  return method === "client_secret_basic"
    ? client.ClientSecretBasic(secret)
    : client.ClientSecretPost(secret);
}

/** The identity provider of an `okta` or `oidc` connection, found by discovery. Throws a page when it is not there. */
async function discover(connection: ConnectionRecord): Promise<client.Configuration> {
  const { options } = connection;
  const {
    client_id: id,
    client_secret: secret,
    discovery_url: url,
    token_endpoint_auth_method: method,
  } = options;
  const issuer = issuerOf(options);
  const address = URL.parse(typeof url === "string" ? url : (issuer ?? ""));
  const label = labelOf(connection);
  if (address === null || typeof id !== "string") {
    const hint = "Its options need client_id, and an issuer or, for Okta, a domain.";
    throw new PageError(400, `The connection "${label}" does not say where its people sign in.`, hint);
  }
  const known = typeof secret === "string" && secret !== "" ? secret : undefined;
  try {
    return await client.discovery(address, id, undefined, authentication(method, known), {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- only to stand out; on this machine HTTP is usual
      execute: [client.allowInsecureRequests],
      [client.customFetch]: toLoopback,
    });
  } catch (error) {
    const reason = causeOf(error);
    const hint =
      "A local tenant signs people in at identity providers on this machine alone, such as the local Okta org: name " +
      `its address as the issuer. (${reason})`;
    throw new PageError(
      502,
      `The identity provider of "${label}" is not to be found at ${address.origin}.`,
      hint,
    );
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? causeOf(error.cause) : error.message;
}

/** What has to be kept from the request to the answer. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier?: string | undefined;
}

/** Where to send a browser to sign in with a connection, and what to hold the answer against. */
export async function signInAddress(
  connection: ConnectionRecord,
  { redirectUri, loginHint }: { readonly redirectUri: string; readonly loginHint: string | undefined },
): Promise<{ readonly address: URL; readonly checks: Checks }> {
  const config = await discover(connection);
  const { scope, connection_settings: settings } = connection.options;
  const pkce = recordOr(settings).pkce !== "disabled" && config.serverMetadata().supportsPKCE();
  const verifier = pkce ? client.randomPKCECodeVerifier() : undefined;
  const checks = { state: client.randomState(), nonce: client.randomNonce(), verifier };
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: typeof scope === "string" && scope !== "" ? scope : "openid profile email",
    state: checks.state,
    nonce: checks.nonce,
    ...(verifier === undefined
      ? {}
      : { code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" }),
    ...(loginHint === undefined ? {} : { login_hint: loginHint }),
  });
  return { address, checks };
}

/** What the identity provider says of whoever came back: the claims of the ID token, and more where it offers more. */
export async function claimsOf(
  connection: ConnectionRecord,
  callback: URL,
  { state, nonce, verifier }: Checks,
) {
  const config = await discover(connection);
  const tokens = await client.authorizationCodeGrant(config, callback, {
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
    ...(verifier === undefined ? {} : { pkceCodeVerifier: verifier }),
  });
  const claims = tokens.claims();
  if (claims === undefined) throw new Error("There is no ID token in the answer.");
  if (config.serverMetadata().userinfo_endpoint === undefined) return claims;
  return { ...claims, ...(await client.fetchUserInfo(config, tokens.access_token, claims.sub)) };
}

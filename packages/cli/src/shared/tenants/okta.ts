/** The way into Okta's API that the okta provider would take. */
import { existsSync, readFileSync } from "node:fs";
import type { ConfigSource } from "@ai-api-access/local/program.ts";
import { signedAssertion } from "./auth0.ts";
import { ask, refusal, TenantError, textAt } from "./http.ts";

export type OktaCredentials =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "bearer"; readonly token: string }
  | {
      readonly kind: "key";
      readonly clientId: string;
      readonly key: string;
      readonly keyId: string | undefined;
      readonly scopes: readonly string[];
    };

export interface OktaSettings {
  readonly origin: string;
  readonly credentials: OktaCredentials;
}

/**
 * The provider's settings, from the stack's configuration and the environment. As in the provider `httpProxy` takes
 * the place of the org's own address.
 *
 * @throws TenantError saying what to set
 */
export function oktaSettings({ values, environment }: ConfigSource): OktaSettings {
  const setting = (key: string, variable: string): string => {
    const value = values[`okta:${key}`];
    return value === undefined || value === "" ? (environment[variable] ?? "") : value;
  };
  const proxy = setting("httpProxy", "OKTA_HTTP_PROXY");
  const name = setting("orgName", "OKTA_ORG_NAME");
  const base = setting("baseUrl", "OKTA_BASE_URL");
  if (proxy === "" && (name === "" || base === "")) {
    throw new TenantError(
      "the org is not named: pulumi config set okta:orgName acme and okta:baseUrl okta.com, or OKTA_ORG_NAME and " +
        "OKTA_BASE_URL",
    );
  }
  return {
    origin: proxy === "" ? `https://${name}.${base}` : new URL(proxy).origin,
    credentials: credentialsOf(setting),
  };
}

function credentialsOf(setting: (key: string, variable: string) => string): OktaCredentials {
  const token = setting("apiToken", "OKTA_API_TOKEN");
  if (token !== "") return { kind: "token", token };
  const bearer = setting("accessToken", "OKTA_ACCESS_TOKEN");
  if (bearer !== "") return { kind: "bearer", token: bearer };
  const clientId = setting("clientId", "OKTA_API_CLIENT_ID");
  const key = setting("privateKey", "OKTA_API_PRIVATE_KEY");
  if (clientId !== "" && key !== "") {
    const keyId = setting("privateKeyId", "OKTA_API_PRIVATE_KEY_ID");
    return {
      kind: "key",
      clientId,
      // The provider takes the key or the path of its file.
      key: key.includes("PRIVATE KEY") || !existsSync(key) ? key : readFileSync(key, "utf8"),
      keyId: keyId === "" ? undefined : keyId,
      scopes: listOf(setting("scopes", "OKTA_API_SCOPES")),
    };
  }
  throw new TenantError(
    "there are no credentials for Okta: pulumi config set --secret okta:apiToken (or OKTA_API_TOKEN), or " +
      "okta:clientId, okta:privateKey and okta:scopes",
  );
}

/** A list as JSON, as the configuration has it, or with commas, as the environment has it. */
function listOf(text: string): readonly string[] {
  return text.split(/[\s,[\]"]+/).filter((part) => part !== "");
}

/** What to authorize with, and what it allows where that is known: an API token can do what its admin can. */
export interface OktaGrant {
  readonly authorization: string;
  readonly scopes: readonly string[] | undefined;
}

/** @throws TenantError when the org gives no token */
export async function oktaGrant({ origin, credentials }: OktaSettings): Promise<OktaGrant> {
  if (credentials.kind === "token") {
    return { authorization: `SSWS ${credentials.token}`, scopes: undefined };
  }
  if (credentials.kind === "bearer") {
    return { authorization: `Bearer ${credentials.token}`, scopes: undefined };
  }
  const url = `${origin}/oauth2/v1/token`;
  const answer = await ask(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      scope: credentials.scopes.join(" "),
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: await signedAssertion({ ...credentials, algorithm: "RS256", audience: url }),
    }),
  });
  const token = textAt(answer.body, "access_token");
  if (answer.status !== 200 || token === undefined) throw refusal(`POST ${url}`, answer);
  return { authorization: `Bearer ${token}`, scopes: textAt(answer.body, "scope")?.split(" ") };
}

import { alphanumeric, urlSafe, recordOr } from "../../../kit/index.ts";
import { compact } from "../../changes.ts";
import type { Client } from "../../collections.ts";

/** What a new client can say of itself; everything else passes through. */
export interface NewClient {
  readonly name: string;
  readonly app_type?: string | undefined;
  readonly is_first_party?: boolean | undefined;
  readonly grant_types?: string[] | undefined;
  readonly token_endpoint_auth_method?: string | null | undefined;
  readonly [further: string]: unknown;
}

/** A new client with an id, a secret where it may have one, and the vendor's defaults. */
export function newClient(asked: NewClient): Client {
  const method = asked.token_endpoint_auth_method ?? undefined;
  const confidential = method === "client_secret_post" || method === "client_secret_basic";
  return compact<Client>({
    client_id: alphanumeric(32),
    ...(method === "none" ? {} : { client_secret: urlSafe(64) }),
    global: false,
    is_token_endpoint_ip_header_trusted: false,
    oidc_conformant: false,
    sso_disabled: false,
    cross_origin_authentication: false,
    custom_login_page_on: true,
    ...asked,
    is_first_party: asked.is_first_party ?? true,
    app_type: asked.app_type,
    token_endpoint_auth_method: method,
    grant_types: asked.grant_types ?? defaultGrants(asked.app_type, method),
    jwt_configuration: {
      secret_encoded: false,
      lifetime_in_seconds: 36000,
      ...recordOr(asked.jwt_configuration),
    },
    refresh_token: {
      rotation_type: "non-rotating",
      expiration_type: "non-expiring",
      leeway: 0,
      token_lifetime: confidential ? 31557600 : 2592000,
      infinite_token_lifetime: true,
      infinite_idle_token_lifetime: true,
      idle_token_lifetime: confidential ? 2592000 : 1296000,
      ...recordOr(asked.refresh_token),
    },
  });
}

function defaultGrants(appType: string | undefined, method: string | undefined): string[] {
  if (appType === "resource_server") return [];
  const withPeople = ["authorization_code", "implicit", "refresh_token"];
  const publicClient = appType === "spa" || (appType === "native" && method === "none");
  return publicClient ? withPeople : [...withPeople, "client_credentials"];
}

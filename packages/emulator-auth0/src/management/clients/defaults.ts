import { alphanumeric, recordOr, urlSafe } from "@ai-api-access/emulator-core";
import { compact } from "../../objects.ts";
import type { ClientRecord } from "./record.ts";

/** What a new client can say of itself; everything else passes through. */
interface NewClient {
  readonly name: string;
  readonly app_type?: string | undefined;
  readonly is_first_party?: boolean | undefined;
  readonly grant_types?: string[] | undefined;
  readonly token_endpoint_auth_method?: string | null | undefined;
  readonly third_party_security_mode?: unknown;
  readonly [further: string]: unknown;
}

/** What the vendor knows of a kind of client before it says more: how a third party's differs, for instance. */
interface Kind {
  readonly id: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly grants: string[] | undefined;
  readonly jwt: Readonly<Record<string, unknown>>;
  readonly refresh: Readonly<Record<string, unknown>>;
}

const RS256 = { secret_encoded: false, alg: "RS256" };

/** The callback of the one enterprise catalog that express configuration is for. */
const EXPRESS_CALLBACK = "https://system-admin.okta.com/admin/app/generic/oauth20redirect";

function kindOf(asked: NewClient): Kind {
  const usual: Kind = {
    id: alphanumeric(32),
    settings: { oidc_conformant: false },
    grants: undefined,
    jwt: { secret_encoded: false, lifetime_in_seconds: 36000 },
    refresh: {},
  };
  if (asked.app_type === "resource_server") {
    return { ...usual, settings: { oidc_conformant: true }, grants: [], jwt: RS256 };
  }
  if (asked.app_type === "express_configuration") {
    const settings = {
      oidc_conformant: true,
      callbacks: [EXPRESS_CALLBACK],
      organization_usage: "require",
      organization_require_behavior: "pre_login_prompt",
      client_authentication_methods: { private_key_jwt: { credentials: [] } },
    };
    return { ...usual, settings, grants: ["authorization_code", "client_credentials"], jwt: RS256 };
  }
  return asked.is_first_party === false ? thirdParty(usual, asked) : usual;
}

/** A third party's client: in the strict mode only the authorization code, else as usual but for refresh tokens. */
function thirdParty(usual: Kind, asked: NewClient): Kind {
  const expiring = { expiration_type: "expiring", infinite_idle_token_lifetime: false };
  const rotating = { rotation_type: "rotating", infinite_token_lifetime: false };
  const refresh = asked.token_endpoint_auth_method === "none" ? { ...expiring, ...rotating } : expiring;
  if (asked.third_party_security_mode === "strict") {
    return {
      id: `tpc_${alphanumeric(22)}`,
      settings: { oidc_conformant: true },
      grants: ["authorization_code"],
      jwt: { ...RS256, lifetime_in_seconds: 3600 },
      refresh,
    };
  }
  return {
    ...usual,
    settings: { oidc_conformant: true, third_party_security_mode: "permissive" },
    refresh,
  };
}

/** A new client with an id, a secret and the vendor's defaults. */
export function newClient(asked: NewClient): ClientRecord {
  const kind = kindOf(asked);
  const method = asked.token_endpoint_auth_method ?? undefined;
  const confidential = method === "client_secret_post" || method === "client_secret_basic";
  return compact<ClientRecord>({
    client_id: kind.id,
    client_secret: urlSafe(64),
    global: false,
    is_token_endpoint_ip_header_trusted: false,
    sso_disabled: false,
    cross_origin_authentication: false,
    custom_login_page_on: true,
    ...kind.settings,
    ...asked,
    is_first_party: asked.is_first_party ?? true,
    app_type: asked.app_type,
    token_endpoint_auth_method: method,
    grant_types: asked.grant_types ?? kind.grants ?? defaultGrants(asked.app_type, method),
    // What is asked for takes the place of the default as a whole.
    jwt_configuration:
      asked.jwt_configuration === undefined
        ? kind.jwt
        : { secret_encoded: false, ...recordOr(asked.jwt_configuration) },
    refresh_token: {
      rotation_type: "non-rotating",
      expiration_type: "non-expiring",
      leeway: 0,
      token_lifetime: confidential ? 31557600 : 2592000,
      infinite_token_lifetime: true,
      infinite_idle_token_lifetime: true,
      idle_token_lifetime: confidential ? 2592000 : 1296000,
      ...kind.refresh,
      ...recordOr(asked.refresh_token),
    },
  });
}

function defaultGrants(appType: string | undefined, method: string | undefined): string[] {
  const withPeople = ["authorization_code", "implicit", "refresh_token"];
  const publicClient = appType === "spa" || (appType === "native" && method === "none");
  return publicClient ? withPeople : [...withPeople, "client_credentials"];
}

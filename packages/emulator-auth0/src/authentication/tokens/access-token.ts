import { randomUUID } from "node:crypto";
import type { Auth0Context } from "../../context.ts";
import type { ClientRecord } from "../../management/clients/record.ts";
import type { OrganizationRecord } from "../../management/organizations/record.ts";
import type { ResourceServerRecord } from "../../management/resource-servers/record.ts";
import { compact } from "../../objects.ts";
import { publicId } from "../client-ids.ts";
import { organizationClaims } from "../organizations.ts";
import { sign } from "./sign.ts";

/** What an access token for an API says. */
interface AccessToken {
  /** `auth0|…` for a person, `CLIENT_ID@clients` for a machine. */
  readonly subject: string;
  readonly client: ClientRecord;
  readonly api: ResourceServerRecord;
  /** As the request named it; with `/userinfo` beside it where that was granted. */
  readonly audience: string | string[];
  readonly scope: readonly string[];
  readonly permissions: readonly string[];
  readonly organization: OrganizationRecord | undefined;
  /** What the token is bound to. */
  readonly cnf?: { readonly jkt: string } | undefined;
  /** The grant, where the vendor names it. */
  readonly gty?: "client-credentials" | "refresh_token" | undefined;
}

/**
 * Signs an access token (Auth0 docs: access token profiles). The `rfc9068_profile` dialects name the client in
 * `client_id` and have a `jti`; the `_authz` dialects list permissions when policies are enforced.
 */
export function signAccessToken(context: Auth0Context, origin: string, token: AccessToken): Promise<string> {
  const { subject, client, api, audience, scope, permissions, organization, cnf, gty } = token;
  const { token_dialect: dialect = "", signing_alg: alg, signing_secret: secret } = api;
  const rfc9068 = dialect.startsWith("rfc9068_profile");
  const now = context.seconds();
  const claims = {
    iss: `${origin}/`,
    sub: subject,
    aud: audience,
    iat: now,
    exp: now + api.token_lifetime,
    scope: scope.length === 0 ? undefined : scope.join(" "),
    ...organizationClaims(context, organization),
    ...(rfc9068 ? { client_id: publicId(client), jti: randomUUID() } : { gty, azp: publicId(client) }),
    cnf,
    permissions: api.enforce_policies === true && dialect.endsWith("_authz") ? permissions : undefined,
  };
  return sign(context, compact(claims), { alg, secret, typ: rfc9068 ? "at+jwt" : "JWT" });
}

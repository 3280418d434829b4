import { isTextList, type Issuer } from "./issuer.ts";
import { TokenRefused } from "./refusal.ts";

/** What the verifier needs to know of Okta. */
export interface OktaConfig {
  /** Of the authorization server, without a slash at its end: `https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9`. */
  readonly issuer: string;
  /** The audience of the authorization server. */
  readonly audience: string;
  /** The one app whose tokens are taken: `0oa…`. */
  readonly clientId: string;
}

/** Access tokens of one Okta app from one authorization server (Okta docs: OpenID Connect & OAuth 2.0 API, Access token). */
export function oktaIssuer({ issuer, audience, clientId }: OktaConfig): Issuer {
  return {
    vendor: "okta",
    iss: issuer,
    audience,
    keysUrl: new URL(`${issuer}/v1/keys`),
    // Okta sets none on access tokens of an authorization server; RFC 9068 would have `at+jwt`.
    types: [undefined, "jwt", "at+jwt"],
    permissionsOf({ aud, cid, scp }) {
      if (aud !== audience) throw new TokenRefused("other audiences too");
      // Id tokens have neither `cid` nor `scp`.
      if (cid !== clientId) throw new TokenRefused("other client");
      if (!isTextList(scp) || scp.length === 0) throw new TokenRefused("no permissions");
      return scp;
    },
  };
}

import { Reply } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import type { UserRecord } from "../users/record.ts";
import { checkAccessToken } from "./access-token.ts";
import { orgIssuer } from "./issuer.ts";

/** What the org says of a person, by the scopes (Okta docs, "Scope-dependent claims"). */
export function personClaims({ id, profile }: UserRecord, scopes: readonly string[]) {
  const { firstName, lastName, login, email } = profile;
  return {
    sub: id,
    ...(scopes.includes("profile")
      ? {
          name: `${firstName} ${lastName}`,
          given_name: firstName,
          family_name: lastName,
          preferred_username: login,
        }
      : {}),
    ...(scopes.includes("email") ? { email, email_verified: true } : {}),
  };
}

/** The person of a token of the org, and what it lets be seen. */
async function subjectOf(context: OktaContext, origin: string, token: string) {
  const checked = await checkAccessToken(context, orgIssuer(context, origin), token);
  // A token that is bound to a key (DPoP) is not looked at here: this endpoint checks no proofs.
  if (!("claims" in checked) || checked.claims.uid === undefined || checked.claims.cnf !== undefined)
    return undefined;
  const user = context.data.users.get(checked.claims.uid);
  return user?.status === "ACTIVE" ? personClaims(user, checked.claims.scp) : undefined;
}

/** Okta docs, "OpenID Connect & OAuth 2.0 API", "userinfo": refusals are in the header alone. */
export const userinfoRoutes = [
  route({
    method: "GET",
    path: "/oauth2/v1/userinfo",
    operation: "userinfo",
    access: "public",
    success: 200,
    asyncHandler: async ({ call }, context) => {
      const token = /^Bearer +(\S+)$/i.exec(call.headers.authorization ?? "")?.[1] ?? "";
      const claims = await subjectOf(context, call.origin, token);
      const refusal = 'Bearer error="invalid_token", error_description="The access token is invalid"';
      return claims ?? new Reply(401, undefined, { "www-authenticate": refusal });
    },
  }),
];

import { ApiError } from "@ai-api-access/emulator-core";
import type { Access, Call } from "@ai-api-access/emulator-core";
import type { OktaContext } from "../context.ts";
import { invalidToken } from "../errors.ts";
import { checkAccessToken } from "./access-token.ts";
import { orgIssuer } from "./issuer.ts";

/** What Okta's own API says of an access token in the header of its refusal (RFC 6750, section 3). */
interface Challenge {
  readonly scope: string;
  readonly error: string;
  readonly error_description: string;
}

/** The header's form was seen in answers of the real API; its texts: Okta docs, "OAuth 2.0 error codes". */
function challengeHeader({ origin, url }: Call, { scope, error, error_description }: Challenge) {
  const facts = {
    authorization_uri: `${origin}/oauth2/v1/authorize`,
    realm: origin,
    scope,
    error,
    error_description,
    resource: url.split("?")[0] ?? "",
  };
  const text = Object.entries(facts).map(([name, value]) => `${name}="${value}"`);
  return { "www-authenticate": `Bearer ${text.join(", ")}` };
}

/** 403: the token is valid for other scopes. Seen in answers of the real API: the body is empty, the header has it all. */
class InsufficientScope extends ApiError {
  override readonly name = "InsufficientScope";
  readonly status = 403;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(headers: Readonly<Record<string, string>>) {
    super("insufficient_scope");
    this.#headers = headers;
  }

  body(): undefined {
    return undefined;
  }

  override headers(): Readonly<Record<string, string>> {
    return this.#headers;
  }
}

/**
 * Checks that an access token of the org allows an operation of Okta's own API (Okta docs, "Implement OAuth for
 * Okta"). The scope to manage includes that to read.
 */
export async function requireScope(
  context: OktaContext,
  call: Call,
  token: string,
  access: Access,
): Promise<void> {
  const wanted = typeof access === "string" ? [] : access;
  const scope = wanted.join(" ");
  const checked = await checkAccessToken(context, orgIssuer(context, call.origin), token);
  if ("flaw" in checked) {
    const error_description = checked.flaw;
    const headers = challengeHeader(call, { scope, error: "invalid_token", error_description });
    throw invalidToken(headers);
  }
  const { scp } = checked.claims;
  if (typeof access === "string" || wanted.some((each) => includes(scp, each))) return;
  const error_description = "The access token provided does not contain the required scopes.";
  throw new InsufficientScope(
    challengeHeader(call, { scope, error: "insufficient_scope", error_description }),
  );
}

function includes(granted: readonly string[], scope: string): boolean {
  return granted.includes(scope) || granted.includes(scope.replace(/\.read$/, ".manage"));
}

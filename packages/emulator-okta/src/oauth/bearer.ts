import { ApiError } from "@ai-api-access/emulator-core";
import type { Access, Call } from "@ai-api-access/emulator-core";
import type { OktaContext } from "../context.ts";
import { invalidToken } from "../errors.ts";
import { checkAccessToken } from "./access-token.ts";
import { PROOF_ALGORITHMS, provenKey } from "./dpop.ts";
import { OAuthError } from "./errors.ts";
import { orgIssuer } from "./issuer.ts";

/** An access token, and the scheme that it came under. */
interface Presented {
  readonly scheme: "Bearer" | "DPoP";
  readonly token: string;
}

/** What Okta's own API says of an access token in the header of its refusal (RFC 6750, 3; RFC 9449, 7.1). */
interface Challenge {
  readonly scheme: Presented["scheme"];
  readonly scope: string;
  readonly error: string;
  readonly error_description: string;
}

/** The header's form was seen in answers of the real API; its texts: Okta docs, "OAuth 2.0 error codes". */
function challengeHeader({ origin, url }: Call, { scheme, scope, error, error_description }: Challenge) {
  const facts = {
    ...(scheme === "DPoP" ? { algs: PROOF_ALGORITHMS.join(" ") } : {}),
    authorization_uri: `${origin}/oauth2/v1/authorize`,
    realm: origin,
    scope,
    error,
    error_description,
    resource: url.split("?")[0] ?? "",
  };
  const text = Object.entries(facts).map(([name, value]) => `${name}="${value}"`);
  return { "www-authenticate": `${scheme} ${text.join(", ")}` };
}

/** Seen in answers of the real API: the body is empty, the header has it all. */
class Challenged extends ApiError {
  override readonly name = "Challenged";
  readonly status: number;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(status: number, headers: Readonly<Record<string, string>>) {
    super("challenged");
    this.status = status;
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
 * Okta"), and that it comes with a proof if it is bound to a key. The scope to manage includes that to read.
 */
export async function requireScope(
  context: OktaContext,
  call: Call,
  { scheme, token }: Presented,
  access: Access,
): Promise<void> {
  const wanted = typeof access === "string" ? [] : access;
  const challenge = (error: string, error_description: string) =>
    challengeHeader(call, { scheme, scope: wanted.join(" "), error, error_description });
  const checked = await checkAccessToken(context, orgIssuer(context, call.origin), token);
  if ("flaw" in checked) throw invalidToken(challenge("invalid_token", checked.flaw));
  const { scp, cnf } = checked.claims;
  if (scheme === "DPoP") {
    await provenKey(context, call, { token, jkt: cnf?.jkt }).catch((refusal: unknown) => {
      if (!(refusal instanceof OAuthError)) throw refusal;
      throw new Challenged(refusal.status, challenge(refusal.error, refusal.message));
    });
  } else if (cnf !== undefined) {
    const text = "The resource request requires a DPoP proof.";
    throw new Challenged(400, challenge("invalid_request", text));
  }
  if (typeof access === "string" || wanted.some((each) => includes(scp, each))) return;
  const text = "The access token provided does not contain the required scopes.";
  throw new Challenged(403, challenge("insufficient_scope", text));
}

function includes(granted: readonly string[], scope: string): boolean {
  return granted.includes(scope) || granted.includes(scope.replace(/\.read$/, ".manage"));
}

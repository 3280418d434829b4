import { decodeJwt, jwtVerify } from "jose";
import type { Auth0Context } from "../../context.ts";
import { verificationKey } from "../../signing-keys.ts";
import { PageError } from "../authorize/errors.ts";
import type { Parameters } from "../parameters.ts";

/** Whose logout a request asks for. */
export interface LogoutHints {
  readonly clientId: string | undefined;
  readonly sessionId: string | undefined;
}

function invalid(message: string): PageError {
  return new PageError(400, message, "Go back to the application, or close this window.");
}

/**
 * Reads `id_token_hint`, `logout_hint` and `client_id`, which must not contradict each other (Auth0 docs: OIDC
 * logout). An ID token that has expired still says who it was for.
 */
export async function logoutHints(
  context: Auth0Context,
  origin: string,
  parameters: Parameters,
): Promise<LogoutHints> {
  const { id_token_hint: token, logout_hint: hint, client_id: clientId } = parameters;
  if (token === undefined) return { clientId, sessionId: hint };
  const { aud, sid } = await readIdToken(context, origin, token);
  if (clientId !== undefined && clientId !== aud) {
    throw invalid("The client_id does not match the aud claim of the id_token_hint.");
  }
  if (hint !== undefined && hint !== sid) {
    throw invalid("The logout_hint does not match the sid claim of the id_token_hint.");
  }
  return { clientId: aud, sessionId: sid };
}

async function readIdToken({ db }: Auth0Context, origin: string, token: string) {
  try {
    const { aud } = decodeJwt(token);
    const clientId = typeof aud === "string" ? aud : "";
    const secret = db.clients.get(clientId)?.client_secret;
    const own = verificationKey(db);
    const { payload } = await jwtVerify(
      token,
      (header) => (header.alg === "HS256" ? Buffer.from(secret ?? "") : own(header)),
      {
        algorithms: ["RS256", "RS512", "PS256", ...(secret === undefined ? [] : ["HS256"])],
        issuer: `${origin}/`,
        audience: clientId,
        // Whatever its age.
        currentDate: new Date(0),
      },
    );
    return { aud: clientId, sid: typeof payload.sid === "string" ? payload.sid : undefined };
  } catch {
    throw invalid("The id_token_hint is not an ID token of this tenant.");
  }
}

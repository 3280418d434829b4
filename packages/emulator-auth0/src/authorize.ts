import { errors, jwtVerify } from "jose";
import type { Call } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "./context.ts";
import { ManagementError } from "./errors.ts";
import { identityOf } from "./identity.ts";
import { verificationKey } from "./signing-keys.ts";

/** Who calls the Management API, and what the token allows. */
export interface Caller {
  readonly scopes: ReadonlySet<string> | "all";
}

const callers = new WeakMap<Call, Caller>();

/**
 * Checks the bearer token of a call to the Management API: a token of this tenant for that API, or the fixed
 * local API token, and for a list of scopes one of them.
 */
export async function authorize(
  call: Call,
  access: "authenticated" | readonly string[],
  context: Auth0Context,
): Promise<void> {
  const caller = await callerOf(call, context);
  callers.set(call, caller);
  if (access === "authenticated" || access.some((scope) => allows(caller, scope))) return;
  const expected = access.join(",");
  throw new ManagementError(403, `Insufficient scope, expected any of: ${expected}`, "insufficient_scope");
}

/** Whether the call's token has a scope. */
export function hasScope(call: Call, scope: string): boolean {
  const caller = callers.get(call);
  return caller !== undefined && allows(caller, scope);
}

function allows(caller: Caller, scope: string): boolean {
  return caller.scopes === "all" || caller.scopes.has(scope);
}

async function callerOf(call: Call, { db, clock }: Auth0Context): Promise<Caller> {
  const token = bearerToken(call.headers.authorization);
  if (token === identityOf(db).management.apiToken) return { scopes: "all" };
  if (token.split(".").length !== 3) throw badHeader();
  const audience = [call.origin, call.origin.replace("//localhost", "//127.0.0.1")].map(
    (name) => `${name}/api/v2/`,
  );
  try {
    const { payload } = await jwtVerify(token, verificationKey(db), {
      algorithms: ["RS256"],
      issuer: `${call.origin}/`,
      audience,
      currentDate: new Date(clock()),
    });
    const scope = typeof payload.scope === "string" ? payload.scope : "";
    return { scopes: new Set(scope.split(" ").filter((value) => value !== "")) };
  } catch (error) {
    throw refusal(error);
  }
}

/** The token of an Authorization header; the refusals are those of hapi-auth-jwt, which the vendor's show. */
function bearerToken(header: string | undefined): string {
  if (header === undefined || header === "") throw missingAuthentication();
  const [scheme = "", token, ...more] = header.split(/\s+/);
  if (token === undefined || token === "" || more.length > 0) throw badHeader();
  if (scheme.toLowerCase() !== "bearer") throw missingAuthentication();
  return token;
}

function missingAuthentication(): ManagementError {
  return new ManagementError(401, "Missing authentication", undefined, undefined, {
    "www-authenticate": "Bearer",
  });
}

function badHeader(): ManagementError {
  return new ManagementError(400, "Bad HTTP authentication header format", "Bearer");
}

function unauthorized(text: string): ManagementError {
  const header = { "www-authenticate": `Bearer error="${text}"` };
  return new ManagementError(401, text, undefined, { error: text }, header);
}

function refusal(error: unknown): ManagementError {
  if (error instanceof errors.JWTExpired) {
    return unauthorized("Expired token received for JSON Web Token validation");
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === "aud") {
    const { aud } = error.payload;
    return unauthorized(`Bad audience: ${Array.isArray(aud) ? aud.join(",") : (aud ?? "")}`);
  }
  return unauthorized("Invalid signature received for JSON Web Token validation");
}

import { errors, jwtVerify } from "jose";
import type { Call } from "@ai-api-access/emulator-core";
import { verificationKey } from "../authentication/signing-keys.ts";
import type { Auth0Context } from "../context.ts";
import { ManagementError } from "../errors.ts";
import type { IdentityRecord } from "./record.ts";
import { managementAudiences } from "./resource-servers/identifier.ts";

/** The tenant's identity; every tenant is seeded with one. */
export function findIdentity({ data }: Auth0Context): IdentityRecord {
  const found = data.identity.get("identity");
  if (found === undefined) throw new Error("The tenant's database holds no identity; restore or reset it.");
  return found;
}

/**
 * What the endpoints of one resource have in common, by what they do; a route may say something else of its own.
 * @param resource as scopes name it
 * @param all where its things are, and `one` where one of them is: the path and its parameters
 */
export function endpoints<A extends object, O extends object>(resource: string, all: A, one: O) {
  const access = (verb: string): string[] => [`${verb}:${resource}`];
  return {
    create: { ...all, method: "POST" as const, access: access("create"), success: 201 },
    list: { ...all, method: "GET" as const, access: access("read"), success: 200 },
    get: { ...one, method: "GET" as const, access: access("read"), success: 200 },
    update: { ...one, method: "PATCH" as const, access: access("update"), success: 200 },
    remove: { ...one, method: "DELETE" as const, access: access("delete"), success: 204 },
  };
}

/** What a call's token allows. */
type Scopes = ReadonlySet<string> | "all";

const scopesOfCalls = new WeakMap<Call, Scopes>();

/**
 * Checks the bearer token of a call to the Management API: a token of this tenant for that API, or the fixed
 * local API token, and for a list of scopes one of them.
 */
export async function authorize(
  call: Call,
  access: "authenticated" | readonly string[],
  context: Auth0Context,
): Promise<void> {
  scopesOfCalls.set(call, await scopesOf(call, context));
  if (access === "authenticated" || access.some((scope) => hasScope(call, scope))) return;
  throw insufficientScope(access);
}

/** For a part of a request that has a scope of its own. Throws 403. */
export function requireScope(call: Call, scope: string): void {
  if (!hasScope(call, scope)) throw insufficientScope([scope]);
}

function insufficientScope(expected: readonly string[]): ManagementError {
  const text = `Insufficient scope, expected any of: ${expected.join(",")}`;
  return new ManagementError(403, text, "insufficient_scope");
}

/** Whether the call's token has a scope. */
export function hasScope(call: Call, scope: string): boolean {
  const scopes = scopesOfCalls.get(call);
  return scopes === "all" || scopes?.has(scope) === true;
}

async function scopesOf(call: Call, context: Auth0Context): Promise<Scopes> {
  const token = bearerToken(call.headers.authorization);
  if (token === findIdentity(context).management.apiToken) return "all";
  if (token.split(".").length !== 3) throw badHeader();
  try {
    const { payload } = await jwtVerify(token, verificationKey(context), {
      algorithms: ["RS256"],
      issuer: `${call.origin}/`,
      audience: managementAudiences(call.origin),
      currentDate: new Date(context.clock()),
    });
    const scope = typeof payload.scope === "string" ? payload.scope : "";
    return new Set(scope.split(" ").filter((value) => value !== ""));
  } catch (error) {
    throw refusal(error);
  }
}

/** The token of an Authorization header; the refusals are those of hapi-auth-jwt, which the vendor's show. */
function bearerToken(header = ""): string {
  if (header === "") throw missingAuthentication();
  const [scheme = "", token = "", ...more] = header.split(/\s+/);
  if (token === "" || more.length > 0) throw badHeader();
  if (scheme.toLowerCase() !== "bearer") throw missingAuthentication();
  return token;
}

function missingAuthentication(): ManagementError {
  const headers = { "www-authenticate": "Bearer" };
  return new ManagementError(401, "Missing authentication", undefined, { headers });
}

function badHeader(): ManagementError {
  return new ManagementError(400, "Bad HTTP authentication header format", "Bearer");
}

function unauthorized(text: string): ManagementError {
  const headers = { "www-authenticate": `Bearer error="${text}"` };
  return new ManagementError(401, text, undefined, { attributes: { error: text }, headers });
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

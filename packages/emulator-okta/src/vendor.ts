import type { z } from "zod";
import { GatewayError, isRecord, sameText, urlSafe } from "@ai-api-access/emulator-core";
import type {
  Call,
  Lagging,
  RequestPart,
  RouteFacts,
  Vendor,
  VendorErrors,
} from "@ai-api-access/emulator-core";
import { appBody } from "./apps/body.ts";
import { refusedKind } from "./apps/validate.ts";
import type { OktaContext } from "./context.ts";
import {
  featureNotAvailable,
  internalError,
  invalidSession,
  invalidToken,
  malformedBody,
  outage,
  pathNotFound,
  tooManyRequests,
  unsupported,
  unsupportedContentType,
  validationFailed,
} from "./errors.ts";
import type { OktaError } from "./errors.ts";
import { oktaLimits } from "./limits.ts";
import { requireScope } from "./oauth/bearer.ts";
import type { OrgRecord } from "./org/record.ts";

/**
 * The served reads that Okta documents as eventually consistent: lists with `search` (Okta docs, "List all users",
 * "List all groups": its results "are sourced from an eventually consistent datasource"). Those with `q` and `filter`
 * are not.
 */
export const oktaLagging: Lagging = {
  listUsers: { collections: ["users"], onlyWith: "search" },
  listGroups: { collections: ["groups"], onlyWith: "search" },
};

const errors: VendorErrors = {
  notFound: (method, path) =>
    path.startsWith("/api/v1/") || path.startsWith("/oauth2/v1/clients")
      ? unsupported(`This stand-in does not serve ${method} ${path}. docs/SUPPORTED.md lists what it serves.`)
      : pathNotFound(),
  unreadable: (message) => (/media type/i.test(message) ? unsupportedContentType() : malformedBody()),
  invalid: invalidRequest,
  unexpected: internalError,
  // Okta's own answer is not documented. In front of its service stands nginx, which refuses like this.
  tooLarge: () => new GatewayError(413),
  tooManyRequests,
  outage,
};

/** Okta's errors, authorization, limits and headers. */
export const oktaVendor: Vendor<OktaContext> = {
  errors,
  authorize: async (call, route, context) => {
    await authorize(call, route, context);
    requireFeature(route, context.org());
  },
  limits: oktaLimits,
  lagging: oktaLagging,
  headers: () => ({ "x-okta-request-id": urlSafe(27) }),
};

/**
 * Who may call: the administrator with the org's token (Okta docs, "API token"), or a client with an access token
 * of the org for this operation. Without any credentials Okta speaks of a session.
 */
async function authorize(call: Call, { access }: RouteFacts, context: OktaContext): Promise<void> {
  const header = call.headers.authorization;
  if (header === undefined || header === "") throw invalidSession();
  const [, scheme, accessToken] = /^(Bearer|DPoP) +(\S+)$/i.exec(header) ?? [];
  if (scheme !== undefined && accessToken !== undefined) {
    const isBound = scheme.toLowerCase() === "dpop";
    return requireScope(context, call, { scheme: isBound ? "DPoP" : "Bearer", token: accessToken }, access);
  }
  // Okta's Python SDK leaves the blank out.
  const token = /^SSWS *(\S+)$/i.exec(header)?.[1];
  if (token === undefined || !sameText(token, context.org().apiToken)) throw invalidToken();
}

/** Okta docs, "API Access Management": an org without it has no authorization servers to manage. */
function requireFeature({ path }: RouteFacts, { features }: OrgRecord): void {
  if (path.startsWith("/api/v1/authorizationServers") && !features.apiAccessManagement) {
    throw featureNotAvailable();
  }
}

/** What Okta says of a required field that is not there. */
const BLANK = "The field cannot be left blank";

/** A request that does not fit its schema, in Okta's words where they are known: one cause for each mistake. */
function invalidRequest(part: RequestPart, error: z.ZodError, input: unknown, schema: z.ZodType): OktaError {
  if (part === "body" && !isRecord(input)) return malformedBody();
  const refused = schema === appBody && isRecord(input) ? refusedKind(input) : undefined;
  if (refused !== undefined) return refused;
  const causes = error.issues.map(({ path, code, message }) => {
    const names = path.filter((step) => typeof step === "string");
    const value = path.reduce<unknown>(stepInto, input);
    const missing = value === undefined || value === null || (code === "too_small" && value === "");
    return { field: names.at(-1) ?? part, cause: `${path.join(".")}: ${missing ? BLANK : message}` };
  });
  return validationFailed(causes[0]?.field ?? part, ...causes.map(({ cause }) => cause));
}

function stepInto(value: unknown, step: PropertyKey): unknown {
  if (Array.isArray(value)) return typeof step === "number" ? value[step] : undefined;
  return isRecord(value) && typeof step === "string" ? value[step] : undefined;
}

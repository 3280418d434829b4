/** What an API says of itself to clients that know nothing but its URL (RFC 9728). */
import type { VerifierConfig } from "./issuers.ts";
import { PROOF_ALGORITHMS } from "./refusal.ts";

/** How the API describes itself. */
interface Description {
  /** For people. */
  readonly name: string;
  /** All that its routes ask for: `ai:read`. */
  readonly scopes: readonly string[];
}

/** The metadata of a protected resource, and where it is found. */
export interface ProtectedResource {
  /** To be served as JSON. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Where it is served: `resource_metadata` of a challenge. */
  readonly url: string;
  /**
   * The path of `url`, and the well-known path without that of the resource, at which older clients look. Serve it at
   * each.
   */
  readonly paths: readonly string[];
}

const WELL_KNOWN = "/.well-known/oauth-protected-resource";
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * The metadata of an API whose audience is its own URL. What clients ask a token for is that URL to the letter, and the
 * first issuer is the one that signs people in.
 *
 * @returns nothing where the audience is no URL (RFC 9728, 1.2): no client could find its way from it
 */
export function protectedResource(
  { auth0, okta }: VerifierConfig,
  { name, scopes }: Description,
): ProtectedResource | undefined {
  const { audience: resource, issuer, proofOfPossession } = auth0;
  if (!URL.canParse(resource)) return undefined;
  const { protocol, hostname, origin, pathname, search, hash } = new URL(resource);
  const isSafe = protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname));
  if (!isSafe || search !== "" || hash !== "") return undefined;
  const path = `${WELL_KNOWN}${pathname === "/" ? "" : pathname}`;
  return {
    metadata: {
      resource,
      resource_name: name,
      authorization_servers: [issuer, ...(okta === undefined ? [] : [okta.issuer])],
      scopes_supported: scopes,
      bearer_methods_supported: ["header"],
      dpop_signing_alg_values_supported: PROOF_ALGORITHMS,
      // Of every token, or it would not be true: those of Okta are bound to nothing.
      dpop_bound_access_tokens_required: proofOfPossession === "required" && okta === undefined,
    },
    url: `${origin}${path}`,
    paths: [...new Set([path, WELL_KNOWN])],
  };
}

import { auth0Recordings } from "./differences/auth0-recordings.ts";
import { oktaRecordings } from "./differences/okta-recordings.ts";
import { sdkTypes } from "./differences/sdk.ts";
import type { KnownDifference } from "./known-difference.ts";

/**
 * Every known difference between the local tenants and the vendors' own witnesses: recordings of their answers, and
 * the response types of their SDKs. `npm run replay` and the tests of the response shapes look nowhere else; what is
 * not here fails them.
 */
export const knownDifferences: readonly KnownDifference[] = [
  ...auth0Recordings,
  ...oktaRecordings,
  ...sdkTypes,
];

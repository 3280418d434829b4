import { auth0Recordings } from "./differences/auth0-recordings.ts";
import { oktaRecordings } from "./differences/okta-recordings.ts";
import { auth0SdkTypes, oktaSdkTypes } from "./differences/sdk.ts";
import type { KnownDifference } from "./known-difference.ts";

/**
 * Every known difference between the local tenants and recordings of the vendors' answers, or the response types of
 * their SDKs. `npx ai-api-access replay` and the tests of the response shapes use this list alone: what is not here fails them.
 */
export const allKnownDifferences: readonly KnownDifference[] = [
  ...auth0Recordings,
  ...oktaRecordings,
  ...auth0SdkTypes,
  ...oktaSdkTypes,
];

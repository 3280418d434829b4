/**
 * What the vendor documents as eventually consistent, among what is served here: lists with `search` (Okta docs,
 * "List all users", "List all groups": its results "are sourced from an eventually consistent datasource"). Lists by
 * `q` and `filter` are not.
 */
import type { Lagging } from "@ai-api-access/emulator-core/modes/lag.ts";

export const oktaLagging: Lagging = {
  listUsers: { collections: ["users"], onlyWith: "search" },
  listGroups: { collections: ["groups"], onlyWith: "search" },
};

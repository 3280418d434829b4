/**
 * How often the vendor may be called. Figures: Okta docs, "Management rate limits", columns "Developer (free)" and
 * "Enterprise", in requests a minute. Not here: the limits on requests under way at the same time.
 */
import type { LimitPlan, LimitRule, VendorLimits } from "@ai-api-access/emulator-core";
import { rateHeaders } from "./errors.ts";

interface Family {
  readonly methods?: readonly string[];
  readonly paths: readonly string[];
  /** Absent where there is no limit. */
  readonly free?: number;
  readonly enterprise?: number;
}

/** Exceptions stand before what they are exceptions of. */
const FAMILIES: readonly Family[] = [
  { paths: ["/api/v1/apps/*"], free: 100, enterprise: 600 },
  { paths: ["/api/v1/apps/**"], free: 20, enterprise: 100 },
  { paths: ["/api/v1/groups/*"], free: 100, enterprise: 600 },
  { paths: ["/api/v1/groups/**"], free: 100, enterprise: 600 },
  { methods: ["GET", "POST"], paths: ["/api/v1/users"], free: 100, enterprise: 600 },
  { methods: ["GET"], paths: ["/api/v1/users/*"], free: 100, enterprise: 1000 },
  { methods: ["POST", "PUT", "DELETE"], paths: ["/api/v1/users/*"], free: 100, enterprise: 600 },
  // "Public metadata endpoints"; those below .well-known fit nothing here.
  { paths: ["/oauth2/v1/keys", "/oauth2/*/v1/keys"] },
  { paths: ["/oauth2/v1/**"], free: 300, enterprise: 1200 },
  { paths: ["/oauth2/*/v1/**"], free: 300, enterprise: 1200 },
  { paths: ["/api/v1/**"], free: 100, enterprise: 600 },
];

function plan(column: "free" | "enterprise"): LimitPlan {
  return [
    FAMILIES.map(({ methods, paths, [column]: limit }): LimitRule => ({
      ...(methods === undefined ? {} : { methods }),
      paths,
      ...(limit === undefined ? {} : { quota: { kind: "minute", limit } }),
    })),
  ];
}

export const oktaLimits: VendorLimits = {
  plans: { free: plan("free"), enterprise: plan("enterprise") },
  paths: ["/api/v1/**", "/oauth2/**"],
  headers: rateHeaders,
};

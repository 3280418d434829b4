/**
 * How often the vendor may be called. Figures: Auth0 docs, "Rate Limit Configurations", of the subscriptions Free
 * and Enterprise (production tenant). Not here: limits for one user or one address, and endpoints not served.
 * Which of two windows the headers report where an endpoint has one of its own is not documented; here it is the
 * endpoint's, or the one that refused.
 */
import type { LimitRule, Quota, VendorLimits } from "@ai-api-access/emulator-core";
import { rateHeaders } from "./errors.ts";

/** "New requests are added by milliseconds" (Auth0 docs, "Rate limit algorithm"). */
function perSecond(burst: number, rate: number): Quota {
  return { kind: "bucket", burst, rate };
}

/** "New requests are added on a second basis" (there). */
function perMinute(burst: number, perMinute: number): Quota {
  return { kind: "bucket", burst, rate: perMinute / 60, every: 1000 };
}

const MANAGEMENT = ["/api/v2/**"];
const AUTHENTICATION = ["/**"];
const WRITES = ["POST", "PATCH", "DELETE"];

function organizations(...paths: string[]): string[] {
  return paths.map((path) => `/api/v2/organizations${path}`);
}

const customDomains: LimitRule = {
  methods: ["POST"],
  paths: ["/api/v2/custom-domains/*/verify"],
  quota: perMinute(5, 5),
};

/** Auth0 docs, "Dynamic Client Registration". */
const registrations: LimitRule = { methods: ["POST"], paths: ["/oidc/register"], quota: perSecond(5, 5) };

const enterpriseEndpoints: readonly LimitRule[] = [
  { methods: ["GET"], paths: organizations("/name/*"), quota: perMinute(20, 200) },
  { methods: WRITES, paths: organizations("", "/*"), quota: perMinute(5, 150) },
  { methods: ["GET"], paths: organizations("/*/members"), quota: perMinute(40, 500) },
  { methods: ["POST", "DELETE"], paths: organizations("/*/members"), quota: perMinute(20, 200) },
  { methods: ["GET"], paths: organizations("/*/invitations/*"), quota: perMinute(20, 200) },
  { methods: ["GET"], paths: organizations("/*/members/*/roles"), quota: perMinute(20, 200) },
  { methods: ["POST", "DELETE"], paths: organizations("/*/members/*/roles"), quota: perMinute(20, 200) },
  // The docs name the older of the two paths; the newer one serves the same.
  {
    methods: ["GET"],
    paths: organizations("/*/enabled_connections/**", "/*/connections/**"),
    quota: perMinute(10, 100),
  },
  {
    methods: WRITES,
    paths: organizations("/*/enabled_connections/**", "/*/connections/**"),
    quota: perMinute(5, 150),
  },
  { methods: ["GET"], paths: organizations("/*/client-grants"), quota: perMinute(10, 100) },
  { methods: ["POST"], paths: organizations("/*/client-grants"), quota: perMinute(5, 150) },
  customDomains,
  registrations,
];

/** First the API as a whole, then the endpoint (Auth0 docs, "Tenant request limits order"). */
export const auth0Limits: VendorLimits = {
  plans: {
    free: [
      [
        { paths: MANAGEMENT, quota: perSecond(2, 2) },
        { paths: AUTHENTICATION, quota: perMinute(300, 300) },
      ],
      [
        { methods: ["POST"], paths: ["/oauth/token"], quota: perSecond(30, 30) },
        { methods: ["GET"], paths: ["/.well-known/jwks.json"], quota: perSecond(20, 20) },
        customDomains,
        registrations,
      ],
    ],
    enterprise: [
      [
        { paths: MANAGEMENT, quota: perSecond(50, 16) },
        { paths: AUTHENTICATION, quota: perSecond(100, 100) },
      ],
      enterpriseEndpoints,
    ],
  },
  paths: MANAGEMENT,
  headers: rateHeaders,
};

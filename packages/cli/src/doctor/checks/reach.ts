/** Whether the tenants answer at all, and whether this machine's clock agrees with theirs. */
import type { Vendor } from "@ai-api-access/resource-catalog";
import { TenantError, type Answer, type TenantClient } from "@ai-api-access/tenant-clients";
import { ok, wrong, type Check } from "../check.ts";

export interface Reach {
  readonly checks: readonly Check[];
  readonly reached: boolean;
  /** The tenant's time minus this machine's, in seconds. */
  readonly skew?: number;
}

/** What a tenant says of itself to everybody. */
const PUBLIC = {
  auth0: "/.well-known/openid-configuration",
  okta: "/.well-known/okta-organization",
} as const;
const NAMES = { auth0: "Auth0", okta: "Okta" } as const;
const KEYS = { auth0: "auth0:domain", okta: "okta:orgName and okta:baseUrl" } as const;

export async function checkReach(vendor: Vendor, client: TenantClient): Promise<Reach> {
  const asked = Date.now();
  let answer: Answer;
  try {
    answer = await client.ask(PUBLIC[vendor]);
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    return { checks: [wrong(vendor, error.message, error.next)], reached: false };
  }
  if (answer.status !== 200) {
    const found = `${client.origin} is no tenant of ${NAMES[vendor]} (HTTP ${String(answer.status)})`;
    return { checks: [wrong(vendor, found, `check ${KEYS[vendor]}`)], reached: false };
  }
  // The header counts whole seconds, and the answer took its time.
  const date = Date.parse(answer.headers.get("date") ?? "");
  const here = (asked + Date.now()) / 2;
  return {
    checks: [],
    reached: true,
    ...(Number.isNaN(date) ? {} : { skew: Math.round((date + 500 - here) / 1000) }),
  };
}

/** Auth0 docs: a client assertion lives at most five minutes; Okta docs: at most an hour, and not from the future. */
const MOST_SKEW = 60;

/** Clocks apart make signed assertions, and new tokens, look too old or not yet good. */
export function checkClock(skews: Readonly<Record<string, number>>): Check[] {
  const off = Object.entries(skews).filter(([, skew]) => Math.abs(skew) > MOST_SKEW);
  if (off.length === 0) {
    const most = Math.max(0, ...Object.values(skews).map(Math.abs));
    return [ok("clock", `within ${String(most)} s of the tenants'`)];
  }
  const [vendor = "", skew = 0] = off[0] ?? [];
  const found = `this machine is ${String(Math.abs(skew))} s ${skew > 0 ? "behind" : "ahead of"} ${off.length > 1 ? "both tenants" : vendor}`;
  return [
    wrong("clock", found, "set it by a time server; tokens would be refused as expired or not valid yet"),
  ];
}

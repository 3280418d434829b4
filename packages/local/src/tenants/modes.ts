/** The modes of the tenants as the flags of the command line say them. */
import { messageOf, UserError } from "@ai-api-access/user-error";
import { parseFaultSpec, parseLag, parseLimit, type ModeOptions } from "@ai-api-access/emulator-core";

/** How each tenant of a pair is to behave. */
export interface PairModes {
  readonly auth0: ModeOptions;
  readonly okta: ModeOptions;
}

/** The tenants, as a flag's value may begin with one to be meant for it alone. */
const TENANTS = ["auth0", "okta"] as const;
type Tenant = (typeof TENANTS)[number];

/** Takes the name of a tenant from the front of a flag's value; without one it is for both. */
function addressed(value: string): { tenants: readonly Tenant[]; rest: string } {
  const [first = "", ...rest] = value.trim().split(/\s+/);
  const tenant = TENANTS.find((name) => name === first);
  return tenant === undefined
    ? { tenants: TENANTS, rest: value }
    : { tenants: [tenant], rest: rest.join(" ") };
}

/** The values of the flags, as they were given. */
export interface ModeFlags {
  readonly fault: readonly string[];
  readonly rateLimit: readonly string[];
  readonly lag: readonly string[];
}

/**
 * The modes that these flags ask for.
 *
 * @throws UserError for what cannot be read, all of it at once
 */
export function modesOf(flags: ModeFlags): PairModes {
  const mistakes: string[] = [];
  /** The values of a flag that are meant for a tenant, read. */
  const readAll = <T>(values: readonly string[], read: (text: string) => T): ((tenant: Tenant) => T[]) => {
    const known = values.flatMap((value) => {
      const { tenants, rest } = addressed(value);
      try {
        return [{ tenants, setting: read(rest) }];
      } catch (error) {
        mistakes.push(messageOf(error));
        return [];
      }
    });
    return (tenant) => known.filter(({ tenants }) => tenants.includes(tenant)).map(({ setting }) => setting);
  };
  const faults = readAll(flags.fault, parseFaultSpec);
  const limits = readAll(flags.rateLimit, parseLimit);
  const lags = readAll(flags.lag, parseLag);
  if (mistakes.length > 0) throw new UserError(mistakes.join("\n"));
  const of = (tenant: Tenant): ModeOptions => ({
    faults: faults(tenant),
    // What is said last of a tenant holds.
    limits: limits(tenant).at(-1),
    lag: lags(tenant).at(-1),
  });
  return { auth0: of("auth0"), okta: of("okta") };
}

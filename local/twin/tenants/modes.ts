/** The modes of the tenants as the flags of the command line say them. */
import { parseFaultSpec, type StartOptions } from "../../tenants/kit/index.ts";
import { TwinError } from "../errors.ts";

/** How each tenant of a pair is to behave. */
export interface PairModes {
  readonly auth0: StartOptions;
  readonly okta: StartOptions;
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

/**
 * The modes that these flags ask for.
 *
 * @throws TwinError for what cannot be read, all of it at once
 */
export function modesOf(flags: { readonly fault: readonly string[] }): PairModes {
  const mistakes: string[] = [];
  const faults = flags.fault.flatMap((value) => {
    const { tenants, rest } = addressed(value);
    try {
      return [{ tenants, rule: parseFaultSpec(rest) }];
    } catch (error) {
      mistakes.push(error instanceof Error ? error.message : String(error));
      return [];
    }
  });
  if (mistakes.length > 0) throw new TwinError(mistakes.join("\n"));
  const of = (tenant: Tenant): StartOptions => ({
    faults: faults.filter(({ tenants }) => tenants.includes(tenant)).map(({ rule }) => rule),
  });
  return { auth0: of("auth0"), okta: of("okta") };
}

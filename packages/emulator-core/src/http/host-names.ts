import { isIP } from "node:net";
import { UserError } from "@ai-api-access/user-error";
import type { StartOptions } from "../tenant.ts";

/** RFC 1123, 2.1: labels of letters, digits and hyphens. */
const NAME = /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;

/**
 * What the values of `--host` ask for: an IP address is one to listen on, anything else the name of the tenants.
 *
 * @throws UserError when one is neither, or there are two of a kind
 */
export function hostsOf(values: readonly string[]): Pick<StartOptions, "host" | "name"> {
  const addresses = values.filter((value) => isIP(value) !== 0);
  const names = values.filter((value) => isIP(value) === 0);
  const wrong = names.filter((name) => !NAME.test(name));
  if (wrong.length > 0 || addresses.length > 1 || names.length > 1) {
    throw new UserError(
      `--host got ${values.map((value) => JSON.stringify(value)).join(", ")} and wants at most one address to listen ` +
        "on and at most one name to be reached by, for example --host 0.0.0.0 --host auth0.test",
    );
  }
  return { host: addresses[0], name: names[0]?.toLowerCase() };
}

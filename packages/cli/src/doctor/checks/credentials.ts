/** Whether there are credentials for both tenants, and where they come from. */
import type { Vendor } from "@ai-api-access/resource-catalog";
import { TenantError, type Auth0Settings, type OktaSettings } from "@ai-api-access/tenant-clients";
import type { ConfigSource } from "@ai-api-access/local/program.ts";
import { auth0Settings, oktaSettings } from "../../shared/tenants.ts";
import { ok, unchecked, wrong, type Check } from "../check.ts";

export interface Credentials {
  readonly checks: readonly Check[];
  readonly auth0: Auth0Settings | undefined;
  readonly okta: OktaSettings | undefined;
}

const KINDS = {
  auth0: {
    token: "a Management API token",
    secret: "client id and secret",
    key: "client id and private key",
  },
  okta: { token: "an API token", bearer: "an access token", key: "client id and private key" },
} as const;

/** Keys of the configuration that stand in the way. */
interface KeysInTheWay {
  /** Wrong addresses, whose tenants must be sent nothing. */
  readonly wrongAddresses: readonly string[];
  /** Values that cannot be read. */
  readonly encrypted?: readonly string[] | undefined;
}

export function checkCredentials(
  source: ConfigSource,
  { wrongAddresses, encrypted = [] }: KeysInTheWay,
): Credentials {
  const of = <T>(vendor: Vendor, name: string, read: () => T) => {
    const wrongAddress = wrongAddresses.find((key) => key.startsWith(vendor));
    return wrongAddress === undefined
      ? settingsOf(read, hiddenOf(vendor, encrypted))
      : { check: unchecked("credentials", `${name}: not before ${wrongAddress} is right`) };
  };
  const auth0 = of("auth0", "Auth0", () => auth0Settings(source));
  const okta = of("okta", "Okta", () => oktaSettings(source));
  const from = (vendor: string): string =>
    source.secretKeys.some((key) => key.startsWith(`${vendor}:`)) ? "the stack file" : "the environment";
  return {
    checks: [
      "check" in auth0
        ? auth0.check
        : ok("credentials", `Auth0: ${KINDS.auth0[auth0.settings.credentials.kind]}, from ${from("auth0")}`),
      "check" in okta
        ? okta.check
        : ok("credentials", `Okta: ${KINDS.okta[okta.settings.credentials.kind]}, from ${from("okta")}`),
    ],
    auth0: "check" in auth0 ? undefined : auth0.settings,
    okta: "check" in okta ? undefined : okta.settings,
  };
}

function hiddenOf(vendor: string, encrypted: readonly string[]): readonly string[] {
  return encrypted.filter((key) => key.startsWith(`${vendor}:`));
}

function settingsOf<T>(
  read: () => T,
  hidden: readonly string[],
): { readonly settings: T } | { readonly check: Check } {
  try {
    return { settings: read() };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    if (hidden.length > 0) {
      const found = `${hidden.join(", ")}: encrypted, and cannot be read without the Pulumi CLI`;
      return { check: unchecked("credentials", found) };
    }
    return { check: wrong("credentials", error.message, error.next) };
  }
}

/** Whether there are credentials for both tenants, and where they come from. */
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

/** @param encrypted keys that have a value, which cannot be read */
export function checkCredentials(source: ConfigSource, encrypted: readonly string[] = []): Credentials {
  const auth0 = settingsOf(() => auth0Settings(source), hiddenOf("auth0", encrypted));
  const okta = settingsOf(() => oktaSettings(source), hiddenOf("okta", encrypted));
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

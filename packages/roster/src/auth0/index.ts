/** The way to Auth0: everything that the roster knows of it besides the {@link Tenant} itself. */
import type { PlainProperties } from "@ai-api-access/provider-kit";
import type { Tenant } from "../src/tenant.ts";
import { Management } from "./management.ts";
import { readSettings } from "./settings.ts";
import { auth0Tenant } from "./tenant.ts";
import { trustCertificateFile } from "./trust.ts";

export { SECRET_SETTINGS } from "./settings.ts";

export interface ConnectOptions {
  /** Aborted when no further request may be sent. */
  readonly signal?: AbortSignal;
  /** Called when everything waits for the rate limit, with the seconds. */
  readonly onWait: (seconds: number) => void;
}

/** Shorter waits are not reported, in milliseconds. */
const REPORTED = 2_000;

/**
 * @param settings those of the auth0 provider, by its own names; the environment stands in for what is missing
 * @throws what is wrong with them
 */
export function connect(settings: PlainProperties, { signal, onWait }: ConnectOptions): Tenant {
  const read = readSettings(settings);
  trustCertificateFile(process.env.SSL_CERT_FILE);
  const management = new Management(read, {
    ...(signal && { signal }),
    onWait: (milliseconds) => {
      if (milliseconds >= REPORTED) onWait(Math.ceil(milliseconds / 1000));
    },
  });
  return auth0Tenant(management);
}

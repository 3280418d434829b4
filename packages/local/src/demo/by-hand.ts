/** Signing in by hand to the stack that is up: a page in place of the login application, and the API behind it. */
import { UserError } from "@ai-api-access/user-error";
import type { Outputs } from "../outputs.ts";
import type { TenantAccess } from "../tenants/access.ts";
import type { RunningApi } from "./api.ts";
import { signInOutputsSchema } from "./outputs.ts";
import { loginApplication } from "./people.ts";
import { localCallback, serveSite } from "./site.ts";
import { readApplication } from "./tenant.ts";

export interface ByHandOptions {
  /** Secrets may be masked. */
  readonly outputs: Outputs;
  readonly access: TenantAccess;
  readonly api: RunningApi;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Serves the page until the signal is aborted. This process has to trust the local CA.
 *
 * @throws UserError where the stack has no application to sign in to here, or its port is taken
 */
export async function signInByHand({ outputs, access, api, say, signal }: ByHandOptions): Promise<void> {
  const { appConfig } = signInOutputsSchema.parse(outputs);
  const { clientId, organizationName } = appConfig.auth0;
  if (clientId === undefined) {
    throw new UserError("The stack has no login application, so nobody can sign in.", {
      next: "add ai-api-access:loginApp to Pulumi.local.yaml",
    });
  }
  const known = await readApplication(access, clientId);
  const callback = localCallback(known.callbacks);
  if (callback === undefined) {
    throw new UserError("No callback of the login application leads to this machine.", {
      next: "add one to loginApp.callbacks in Pulumi.local.yaml, for example http://localhost:3000/callback",
    });
  }
  const site = await serveSite({
    application: await loginApplication(appConfig, known, callback.href),
    callback,
    api,
    pagesOrigin: access.auth0.pagesOrigin,
    organization: organizationName,
  });
  try {
    say(`Sign in by hand:    ${site.origin}   (the login page offers the people to sign in as)`);
    say("Ctrl-C stops everything.");
    if (signal.aborted) return;
    await new Promise((stopped) => {
      signal.addEventListener("abort", stopped, { once: true });
    });
  } finally {
    await site.close();
  }
}

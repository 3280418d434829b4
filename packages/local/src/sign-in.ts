import type { Outputs } from "./outputs.ts";
import { UserError } from "@ai-api-access/user-error";
import { startApi, writeAppConfig } from "./demo/api.ts";
import { signInByHand } from "./demo/by-hand.ts";
import { trustLocalCa } from "./demo/trust.ts";
import { twinHome } from "./home.ts";
import { ensureTenants } from "./tenants/running.ts";

export interface SignInOptions {
  /** Of the local stack; secrets may be masked. */
  readonly outputs: Outputs;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Serves the tenants, the API and a page at which people sign in to the stack that is up, until the signal is aborted.
 * Other commands of the twin can work meanwhile.
 *
 * @throws UserError when the stack is not up, or has no application to sign in to here
 */
export async function serveSignIn({ outputs, say, signal }: SignInOptions): Promise<void> {
  if (Object.keys(outputs).length === 0) {
    throw new UserError("The stack is not up: there is nothing to sign in to.", { next: "npm start" });
  }
  const home = twinHome();
  const tenants = await ensureTenants(home.tenants, say);
  try {
    const { access } = tenants;
    trustLocalCa(access.caFile);
    const api = await startApi(await writeAppConfig(outputs, home.folder), access.caFile);
    try {
      await signInByHand({ outputs, access, api, say, signal });
    } finally {
      await api.close();
    }
  } finally {
    await tenants.close();
  }
}

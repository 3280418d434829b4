/** One command at work on the twin: lock, engine, tenants and plugins are there, and go when it ends. */
import { UserError } from "@ai-api-access/user-error";
import { findEngine } from "./engine/index.ts";
import { tryLock } from "@ai-api-access/emulator-core/machine/lock.ts";
import { twinHome, type TwinHome } from "./home.ts";
import { checkedConfig, loadProgram } from "./program.ts";
import { readLocalStack, type ConfigValues } from "./project.ts";
import { chooseProviders, type ProviderKind } from "./providers.ts";
import { recover } from "./recovery/index.ts";
import type { TenantAccess } from "./tenants/access.ts";
import { ensureTenants } from "./tenants/running.ts";
import { openTwin, type Twin } from "./twin.ts";

export interface SessionOptions {
  /** By default the one of all commands. */
  readonly home?: TwinHome;
  readonly providers?: ProviderKind | undefined;
  /** Replaces whole keys of the local stack's config. */
  readonly config?: ConfigValues;
  /** What happens before the engine speaks. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Runs `work` with everything in place.
 *
 * Mistakes in the config are found before anything is fetched, started or asked.
 */
export async function inSession<T>(
  { home: ofItsOwn, providers: wanted, config = {}, say, signal }: SessionOptions,
  work: (twin: Twin, access: TenantAccess) => Promise<T>,
): Promise<T> {
  const program = await loadProgram();
  checkedConfig(program, { "auth0:domain": "localhost", ...readLocalStack(config).config });

  const home = ofItsOwn ?? twinHome();
  const lock = tryLock(home.lockFile);
  if (lock === undefined) {
    throw new UserError(
      "Another command of the local twin is at work in this folder. Wait for it to end, then run this again.",
    );
  }
  try {
    const engine = await findEngine({ onProgress: say, signal });
    const providers = await chooseProviders(engine, wanted, say, signal);
    signal.throwIfAborted();
    const tenants = await ensureTenants(home.tenants, say);
    try {
      signal.throwIfAborted();
      const twin = await openTwin({ home, engine, program, providers, access: tenants.access, config });
      if (twin.unfinished.exists()) {
        await recover({ twin, unfinished: twin.unfinished, access: tenants.access, say });
      }
      return await work(twin, tenants.access);
    } finally {
      await tenants.close();
    }
  } finally {
    lock.release();
  }
}

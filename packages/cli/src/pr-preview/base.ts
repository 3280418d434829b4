/** The base's stack on the twin, brought there by the base's own commands, as whoever works on it would. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import type { TwinHome } from "@ai-api-access/local/home.ts";
import type { ProviderKind } from "@ai-api-access/local/providers.ts";
import { run } from "../shared/command.ts";

export interface BaseOptions {
  /** The base's tree, with its packages. */
  readonly root: string;
  /** Where the tenants are being served. */
  readonly home: TwinHome;
  readonly providers: ProviderKind | undefined;
  readonly signal: AbortSignal;
}

/** @throws UserError with what the base's command said, when its stack does not come up */
export async function deployBase({ root, home, providers, signal }: BaseOptions): Promise<void> {
  const folder = join(root, "packages", "cli", "src");
  if (!existsSync(join(folder, "local", "register.ts"))) {
    throw new UserError(
      "The base has no local twin (packages/cli/src/local/register.ts), so its stack cannot be deployed on one. " +
        "Choose a later --base.",
    );
  }
  const kind = providers === undefined ? [] : ["--providers", providers];
  const args = [join(folder, "main.ts"), "local", "up", ...kind];
  const env = { AI_API_ACCESS_TWIN: home.folder };
  const { code, all } = await run(process.execPath, args, { cwd: root, env, signal });
  signal.throwIfAborted();
  if (code !== 0) throw new UserError(`The base's stack does not come up on the twin. It said:\n\n${all}`);
}

/** A pull request on a twin of its own, in a temporary folder that goes with it. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../local/machine/folders.ts";
import { twinHome } from "../../local/twin/home.ts";
import type { ProviderKind } from "../../local/twin/providers.ts";
import { announceTenants } from "../../local/twin/tenants/running.ts";
import { serveTenants } from "../../local/twin/tenants/serve.ts";
import { deployBase } from "./base.ts";
import { sidesOf, writeTree } from "./git.ts";
import { applyHead, mistakesOf } from "./head.ts";
import { provideModules } from "./modules.ts";
import type { Report } from "./report.ts";

export interface PrPreviewOptions {
  /** A branch, tag or commit. */
  readonly base: string;
  readonly providers?: ProviderKind | undefined;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Deploys the base's stack and the working tree's over it.
 *
 * @throws TwinError when the base cannot be had or does not come up; what is wrong with the head is in the report
 */
export async function previewPullRequest(options: PrPreviewOptions): Promise<Report> {
  const { base: ref, providers, say, signal } = options;
  const sides = await sidesOf(repositoryRoot, ref);
  const mistakes = mistakesOf({});
  if (mistakes !== undefined) return { sides, stackFile: "Pulumi.local.yaml", ...mistakes };
  const folder = mkdtempSync(join(tmpdir(), "ai-api-access-pr-"));
  try {
    say(`Taking the base from ${sides.base.sha.slice(0, 7)}.`);
    const root = await writeTree(repositoryRoot, sides.base, folder);
    await provideModules({ from: repositoryRoot, to: root, say, signal });
    signal.throwIfAborted();

    mkdirSync(join(folder, "twin"));
    const home = twinHome(join(folder, "twin"));
    // The base's command finds these tenants and leaves them as they are, so that the head meets the same ones.
    const tenants = await serveTenants({ folder: home.tenants, firstPorts: { auth0: 0, okta: 0 } });
    try {
      announceTenants(home.tenants, tenants.access);
      say("Deploying the base.");
      await deployBase({ root, home, providers, signal });
      const findings = await applyHead({ home, providers, config: {}, say, signal });
      return { sides, stackFile: "Pulumi.local.yaml", ...findings };
    } finally {
      await tenants.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

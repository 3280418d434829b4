/** A pull request on a twin of its own, in a temporary folder that goes with it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { twinHome } from "@ai-api-access/local/home.ts";
import { STACK } from "@ai-api-access/local/project.ts";
import type { ProviderKind } from "@ai-api-access/local/providers.ts";
import { announceTenants } from "@ai-api-access/local/tenants/running.ts";
import { serveTenants } from "@ai-api-access/local/tenants/serve.ts";
import { deployBase } from "./base.ts";
import { seed } from "./seed.ts";
import { sidesOf, writeTree } from "./git.ts";
import { applyHead, mistakesOf } from "./head.ts";
import { provideModules } from "./modules.ts";
import type { Report } from "./report.ts";
import { inPlaceOfLocal, readStackValues } from "./stack-values.ts";

const LOCAL_FILE = `Pulumi.${STACK}.yaml`;

export interface PrPreviewOptions {
  /** A branch, tag or commit. */
  readonly base: string;
  /** The stack's file whose values both sides are deployed with, from the root of the repository. */
  readonly config?: string | undefined;
  readonly providers?: ProviderKind | undefined;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Deploys the base's stack and the working tree's over it.
 *
 * @throws UserError when the base cannot be had or does not come up; what is wrong with the head is in the report
 */
export async function previewPullRequest(options: PrPreviewOptions): Promise<Report> {
  const { base: ref, config: file = LOCAL_FILE, providers, say, signal } = options;
  const sides = await sidesOf(repositoryRoot, ref);
  const ours = file === LOCAL_FILE ? undefined : readStackValues(repositoryRoot, file, "head");
  const mistakes = await mistakesOf(ours ? inPlaceOfLocal(ours.values) : {});
  if (mistakes !== undefined) return { sides, stackFile: file, ...mistakes };
  const folder = mkdtempSync(join(tmpdir(), "ai-api-access-pr-"));
  try {
    say(`Taking the base from ${sides.base.sha.slice(0, 7)}.`);
    const root = await writeTree(repositoryRoot, sides.base, folder);
    const theirs = ours && readStackValues(root, file, "base");
    await provideModules({ from: repositoryRoot, to: root, say, signal });
    signal.throwIfAborted();

    mkdirSync(join(folder, "twin"));
    const home = twinHome(join(folder, "twin"));
    // The base's command finds these tenants and leaves them as they are, so that the head meets the same ones.
    const tenants = await serveTenants({ folder: home.tenants, firstPorts: { auth0: 0, okta: 0 } });
    try {
      announceTenants(home.tenants, tenants.access);
      const seeded = await seed(tenants.access, [theirs?.values ?? {}, ours?.values ?? {}]);
      const [base = {}, head = {}] = seeded.values;
      // The base's own commands know of the local stack's file alone.
      if (theirs) writeFileSync(join(root, LOCAL_FILE), stringify({ config: base }));
      say("Deploying the base.");
      await deployBase({ root, home, providers, signal });
      const config = ours ? inPlaceOfLocal(head) : {};
      const found = await applyHead({ home, providers, config, say, signal });
      const notes = [...(theirs?.notes ?? []), ...(ours?.notes ?? []), ...seeded.notes, ...found.notes];
      return { sides, stackFile: file, ...found, notes };
    } finally {
      await tenants.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

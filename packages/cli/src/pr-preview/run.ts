/** A pull request on twins of its own, in a temporary folder that goes with them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { stringify } from "yaml";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { twinHome } from "@ai-api-access/local/home.ts";
import { inPlaceOfLocal, STACK } from "@ai-api-access/local/project.ts";
import type { ProviderKind } from "@ai-api-access/local/providers.ts";
import { announceTenants } from "@ai-api-access/local/tenants/running.ts";
import { serveTenants } from "@ai-api-access/local/tenants/serve.ts";
import { changedStacks, stackOfFile } from "../shared/changed-stacks.ts";
import type { Commit } from "../shared/git.ts";
import { accessLosses, namesOf } from "./access.ts";
import { deployBase } from "./base.ts";
import { seed } from "./seed.ts";
import { sidesOf, writeTree } from "./git.ts";
import { applyHead, asFindings, type Findings } from "./head.ts";
import { describeMistakes, mistakesOfSides } from "./mistakes.ts";
import { code } from "./markdown.ts";
import { provideModules } from "./modules.ts";
import { withoutRosters, writeOrganizations, type SideValues } from "./organizations.ts";
import type { Report, StackReport } from "./report.ts";
import { readStackValues, type SideName, type StackValues } from "./stack-values.ts";

const LOCAL_FILE = `Pulumi.${STACK}.yaml`;

export interface PrPreviewOptions {
  /** A branch, tag or commit. */
  readonly base: string;
  /** The stack's file to look at, from the root of the repository; by default all that the branch changes. */
  readonly config?: string | undefined;
  readonly providers?: ProviderKind | undefined;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * For each stack's file, deploys the base's stack and the working tree's over it.
 *
 * @throws UserError when the base cannot be had or does not come up; what is wrong with the branch is in the report
 */
export async function previewPullRequest(options: PrPreviewOptions): Promise<Report> {
  const { base: ref, config, say, signal } = options;
  const sides = await sidesOf(repositoryRoot, ref);
  const changed = config === undefined ? await changedStackFiles(sides.base) : [config];
  // A change of the program alone is seen in the stack that everybody has.
  const files = changed.length === 0 ? [LOCAL_FILE] : changed;
  const folder = mkdtempSync(join(tmpdir(), "ai-api-access-pr-"));
  try {
    const root = await writeTree(repositoryRoot, sides.base, folder);
    let provided: Promise<void> | undefined;
    const provide = (): Promise<void> => {
      say(`Taking the base from ${sides.base.sha.slice(0, 7)}.`);
      return provideModules({ from: repositoryRoot, to: root, say, signal });
    };
    const stacks: StackReport[] = [];
    // All are read first: deploying the base writes the values of one stack into its file of the local one.
    const read = files.map((file) => ({
      file,
      base: readSide(root, file, "base"),
      branch: readSide(repositoryRoot, file, "branch"),
    }));
    for (const { file, ...values } of read) {
      const findings = await previewStack(file, values, {
        ...options,
        root,
        folder: join(folder, file),
        provide: () => (provided ??= provide()),
      });
      stacks.push({ file, access: [], ...findings });
    }
    return { sides, stacks };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function changedStackFiles(base: Commit): Promise<string[]> {
  const changed = await changedStacks({ repository: repositoryRoot }, base);
  return [...changed.keys()].map((name) => `Pulumi.${name}.yaml`).sort();
}

interface StackOptions extends PrPreviewOptions {
  /** The base's tree. */
  readonly root: string;
  /** For the twin of this stack. */
  readonly folder: string;
  /** Gives the base's tree its packages. */
  readonly provide: () => Promise<void>;
}

type Previewed = Findings & Partial<Pick<StackReport, "access">>;

async function previewStack(
  file: string,
  { base, branch }: Readonly<Record<SideName, Read>>,
  options: StackOptions,
): Promise<Previewed> {
  const name = stackOfFile(file) ?? file;
  if (base.values === undefined && branch.values === undefined && branch.failed === undefined) {
    throw new UserError(
      `There is no ${file} in the branch, nor in the base; wants a stack's file, for example Pulumi.dev.yaml.`,
    );
  }
  if (branch.failed !== undefined) return branch.failed;
  if (branch.values === undefined) return { ...NOTHING, outcome: { kind: "removed" } };

  const mistakes = await mistakesOfSides(base.values, branch.values);
  if (mistakes.branch.length > 0) {
    return { ...NOTHING, outcome: { kind: "failed", errors: await describeMistakes(mistakes, name) } };
  }
  if (base.values !== undefined && mistakes.base.length === 0) {
    return compare(name, base.values, branch.values, options);
  }
  const why =
    base.values === undefined && base.failed === undefined
      ? "The base does not have this file: everything is new."
      : "The base's version of this file has mistakes, which the branch mends: everything is shown as new.";
  const found = await compare(name, undefined, branch.values, options);
  return { ...found, notes: [why, ...found.notes] };
}

const NO_VALUES: SideValues = { values: {}, files: {} };
const NOTHING = { changes: [], outputs: [], notes: [] } as const;

interface Read {
  readonly values?: StackValues | undefined;
  /** Why the file cannot be read. */
  readonly failed?: Findings;
}

function readSide(root: string, file: string, side: SideName): Read {
  try {
    return { values: readStackValues(root, file, side) };
  } catch (error) {
    return { failed: asFindings(error) };
  }
}

/** On tenants of its own, where what both sides name as being there is made first. */
async function compare(
  name: string,
  base: StackValues | undefined,
  branch: StackValues,
  { root, folder, provide, providers, say, signal }: StackOptions,
): Promise<Previewed> {
  mkdirSync(folder);
  const home = twinHome(folder);
  // The base's command finds these tenants and leaves them as they are, so that the branch meets the same ones.
  const tenants = await serveTenants({ folder: home.tenants, firstPorts: { auth0: 0, okta: 0 } });
  try {
    announceTenants(home.tenants, tenants.access);
    const sides = [...(base === undefined ? [] : [base]), branch].map(withoutRosters);
    const seeded = await seed(tenants.access, sides);
    const [after = NO_VALUES, before = NO_VALUES] = seeded.sides.toReversed();
    const left = [...new Set(sides.flatMap((side) => side.left))];
    if (base !== undefined) {
      await provide();
      signal.throwIfAborted();
      // The base's own commands know of the local stack's file alone.
      const values = writeOrganizations(before, join(folder, "base-organizations"), root);
      writeFileSync(join(root, LOCAL_FILE), stringify({ config: values }));
      say(`Deploying the base's stack ${name}.`);
      await deployBase({ root, home, providers, signal });
    }
    const written = writeOrganizations(after, join(folder, "organizations"), repositoryRoot);
    const found = await applyHead({ home, providers, config: inPlaceOfLocal(written), name, say, signal });
    return {
      ...found,
      access: accessLosses(found.changes, await namesOf(found.changes, [before, after], tenants.access)),
      notes: [
        ...(base?.notes ?? []),
        ...branch.notes,
        ...(left.length === 0
          ? []
          : [`Left out, since the twin does not know the people: ${left.map(code).join(", ")}.`]),
        ...seeded.notes,
        ...found.notes,
      ],
    };
  } finally {
    await tenants.close();
  }
}

/** `ai-api-access recover`: what to do after a run that was cut short. */
import { UserError } from "@ai-api-access/user-error";
import { findEngine } from "@ai-api-access/local/engine/index.ts";
import { openWorkspace } from "@ai-api-access/local/engine/workspace.ts";
import { loadProgram } from "@ai-api-access/local/program.ts";
import { STACK } from "@ai-api-access/local/project.ts";
import { inSession } from "@ai-api-access/local/session.ts";
import { cutOffFiles, mendCheckpoint, onlyOne, type Choose } from "@ai-api-access/recovery";
import { readersOf } from "@ai-api-access/tenant-clients";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import type { Context } from "../context.ts";
import { configSchema } from "../shared/config-option.ts";
import { confirm } from "../shared/confirm.ts";
import { idsSchema, providersSchema } from "../shared/options.ts";
import { backendOf, lastPart, locksOf } from "../shared/stack/backend.ts";
import { readRealStack } from "../shared/stack/real.ts";
import { checkedStack, localSource, sourceOf } from "../shared/stack/source.ts";
import { inWordsOfTheCli } from "../shared/stack/words.ts";
import { openTenants } from "../shared/tenants.ts";
import { sayWhatIsAhead } from "./ahead.ts";
import { checkLocks } from "./locks.ts";
import { recoverStack, type Outcome, type RecoverOptions } from "./recover.ts";

const optionsSchema = z.object({
  stack: z.string(),
  plan: z.boolean().default(false),
  yes: z.boolean().default(false),
  id: idsSchema,
  forget: z.array(z.string()).default([]),
  config: configSchema,
  providers: providersSchema,
});
type Options = z.output<typeof optionsSchema>;

const EXIT_CODES: Readonly<Record<Outcome, number>> = {
  "in order": 0,
  planned: 0,
  recovered: 0,
  declined: 1,
  choose: 2,
};

/** @returns 0 when state and tenants are together, 1 when that was not wanted, 2 when something has to be chosen first */
export async function runRecover(raw: unknown, context: Context): Promise<number> {
  const options = optionsSchema.parse(raw);
  return EXIT_CODES[await (options.stack === STACK ? recoverLocal : recoverReal)(options, context)];
}

/** The local stack: an unfinished run of its own is mended when the session begins, by the same code. */
async function recoverLocal(options: Options, { print, untilStopped }: Context): Promise<Outcome> {
  const { config = {}, providers } = options;
  return inSession({ say: print, signal: untilStopped(), config, providers }, async ({ stack }, access) =>
    recoverAndPreview(
      { ...shared(options, print), engine: stack, source: localSource(access, config), locks: [] },
      () => Promise.resolve(stack),
    ),
  );
}

async function recoverReal(options: Options, { print, untilStopped }: Context): Promise<Outcome> {
  const { stack: name, config, providers, yes, plan } = options;
  if (config !== undefined || providers !== undefined) {
    throw new UserError("--config and --providers are for the stack of the twin (--stack local).");
  }
  const { pulumi } = await findEngine({ onProgress: print, signal: untilStopped() });
  const folder = process.cwd();
  const workspace = await openWorkspace({ workDir: folder, pulumiCommand: pulumi });
  const { name: project } = await workspace.projectSettings();
  const backend = await inWordsOfTheCli(() => backendOf(workspace));
  const locks = await locksOf(workspace, backend, { name, project });
  checkLocks(locks, options);
  if (backend.kind === "other") {
    print(
      `Locks in ${backend.url} cannot be seen from here. Should the stack be locked: pulumi cancel --stack ${name}`,
    );
  }
  if (backend.kind === "folder") {
    const checkpoint = { folder: backend.folder, project, stack: lastPart(name) };
    const files = cutOffFiles(checkpoint);
    if (files.length > 0) {
      print(
        "These files of the state were cut off while they were written. The whole ones before them are put back:",
      );
      for (const file of files) print(`  ${file}`);
      if (plan) return "planned";
      if (!yes && !(await confirm("Put them back?"))) return "declined";
      mendCheckpoint(checkpoint);
    }
  }
  const real = await readRealStack({ name, folder, pulumi });
  const source = sourceOf(real.config);
  return recoverAndPreview(
    { ...shared(options, print), engine: await real.select(), source, locks },
    async () => real.open(checkedStack({ name, project, source, program: await loadProgram() })),
  );
}

function shared({ id, forget, plan: planOnly, yes }: Options, say: (line: string) => void) {
  const choose: Choose = (name, found) => {
    if (forget.includes(name)) return "none";
    return name in id ? (found.find((one) => one.id === id[name]) ?? "unclear") : onlyOne(name, found);
  };
  return { choose, planOnly, confirm: () => (yes ? Promise.resolve(true) : confirm("Go on?")), say };
}

async function recoverAndPreview(
  options: Omit<RecoverOptions, "readers">,
  program: () => Promise<Stack>,
): Promise<Outcome> {
  const readers = readersOf(await openTenants(options.source));
  const outcome = await recoverStack({ ...options, readers });
  if (outcome === "recovered") await sayWhatIsAhead(program, options.engine.name, options.say);
  return outcome;
}

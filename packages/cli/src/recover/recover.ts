/** Brings a stack's state and its tenants together again, without changing anything in the tenants. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import {
  changesState,
  cliOf,
  describeSteps,
  planRecovery,
  recovered,
  StoredState,
  toRead,
  type Choose,
  type RecoveryPlan,
} from "@ai-api-access/recovery";
import { parseUrn, type Readers } from "@ai-api-access/resource-catalog";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import type { ConfigSource } from "@ai-api-access/local/program.ts";
import { count } from "../shared/count.ts";
import { lastPart, type Lock } from "../shared/stack/backend.ts";
import { inWordsOfTheCli } from "../shared/stack/words.ts";
import { checkSameTenants } from "./same-tenants.ts";

export interface RecoverOptions {
  readonly engine: Stack;
  /** Where the tenants' addresses come from; they have to be those of the state. */
  readonly source: ConfigSource;
  readonly readers: Readers;
  /** None of a process that lives. */
  readonly locks: readonly Lock[];
  readonly choose: Choose;
  /** Shows the plan and ends. */
  readonly planOnly: boolean;
  readonly confirm: () => Promise<boolean>;
  readonly say: (line: string) => void;
}

/** `choose`: the user has to say something first. */
export type Outcome = "in order" | "planned" | "choose" | "declined" | "recovered";

/**
 * Compares state and tenants, says what it would do, asks, and does it.
 *
 * @throws CliError when the engine does not take the state, UserError when somebody else has written it meanwhile
 */
export async function recoverStack(options: RecoverOptions): Promise<Outcome> {
  const { engine, source, readers, locks, choose, planOnly, confirm, say } = options;
  const stored = await StoredState.read(cliOf(engine));
  checkSameTenants(stored.state, source);
  const plan = await planRecovery(stored.state, readers, choose);
  const lines = [...locks.map(describeLock), ...describeSteps(plan)];
  if (lines.length === plan.unread.length) {
    const resources = stored.state.resources.filter(({ custom }) => custom).length;
    say(
      `Stack ${engine.name} is in order: nothing was under way, and nothing of its ${count(resources, "resource")} is gone.`,
    );
    lines.forEach(say);
    return "in order";
  }
  say(`Stack ${engine.name} and its tenants differ:`);
  lines.forEach(say);
  const unclear = plan.pending.filter((verdict) => verdict.kind === "unclear");
  for (const { urn, ids } of unclear) {
    const { name } = parseUrn(urn);
    say(`      say which: ${[...ids.map((id) => `--id ${name}=${id}`), `--forget ${name}`].join(", or ")}`);
  }
  if (unclear.length > 0) return "choose";
  say("Nothing is changed in the tenants.");
  if (planOnly) return "planned";
  if (!(await confirm())) return "declined";

  if (locks.length > 0) await inWordsOfTheCli(() => engine.cancel());
  if (changesState(plan)) await write(stored, plan, engine, say);
  await readAgain(engine, toRead(plan), say);
  return "recovered";
}

function describeLock({ holder, since, process }: Lock): string {
  const state =
    process === "gone" ? "which is gone: freed" : "of another machine: freed; make sure that it is gone";
  return `  ! locked by ${holder}${since === undefined ? "" : ` since ${since}`}, ${state}`;
}

async function write(
  stored: StoredState,
  plan: RecoveryPlan,
  { name, workspace }: Stack,
  say: (line: string) => void,
): Promise<void> {
  if (!(await stored.isCurrent())) {
    throw new UserError("Somebody else has written the state meanwhile. Nothing of it was changed.", {
      next: "the same command again",
    });
  }
  const folder = join(workspace.workDir, ".recover");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${lastPart(name)}-${new Date().toISOString().replaceAll(":", "-")}.json`);
  writeFileSync(file, stored.text, { mode: 0o600 });
  say(`The state as it was: ${file}`);
  await stored.write(recovered(stored.state, plan));
}

/** What was taken in has its id and inputs so far; the engine reads the rest. */
async function readAgain(engine: Stack, target: string[], say: (line: string) => void): Promise<void> {
  if (target.length === 0) return;
  try {
    await inWordsOfTheCli(() => engine.refresh({ suppressOutputs: true, showSecrets: false, target }));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    say(error.message);
    say("What was taken into the state could not be read whole: let the next one be `pulumi up --refresh`.");
  }
}

/** The command `ai-api-access`: its subcommands, their exit codes, Ctrl-C, and what becomes of errors. */
import { UserError } from "@ai-api-access/user-error";
import { Command, CommanderError, type OutputConfiguration } from "commander";
import { registerAdopt } from "./adopt/register.ts";
import { registerAppConfig } from "./app-config/register.ts";
import { streamsOf, type Run } from "./context.ts";
import { registerDoctor } from "./doctor/register.ts";
import { registerFleet } from "./fleet/register.ts";
import { Interruption } from "./interruption.ts";
import { registerKeys } from "./keys/register.ts";
import { registerLocal } from "./local/register.ts";
import { registerMembers } from "./members/register.ts";
import { registerPrPreview } from "./pr-preview/register.ts";
import { registerRecover } from "./recover/register.ts";
import { registerReplay } from "./replay/register.ts";
import { wrongUseExits } from "./shared/wrong-use.ts";
import { registerTenants } from "./tenants/register.ts";

/**
 * Every subcommand, in the order of the help. Each adds itself to the program with its options. What is slow to load
 * (the Pulumi SDK) it imports in its action, not for the help of the others.
 */
const SUBCOMMANDS: readonly ((program: Command, run: Run) => void)[] = [
  registerDoctor,
  registerAdopt,
  registerRecover,
  registerKeys,
  registerFleet,
  registerPrPreview,
  registerAppConfig,
  registerMembers,
  registerLocal,
  registerTenants,
  registerReplay,
];

/** As shells count a wrong use of a command. */
const WRONG_USE = 2;
/** As shells count a process that SIGINT ended. */
const INTERRUPTED = 130;

/**
 * @param run carries out the action of the subcommand that was asked for
 * @param output where to print, by default the streams of the process; the subcommands inherit it
 */
export function createProgram(run: Run, output: OutputConfiguration = {}): Command {
  const program = new Command("ai-api-access")
    .description("What is done with a stack besides previews and updates.")
    .configureOutput(output)
    .showHelpAfterError("(--help says more)")
    .exitOverride(wrongUseExits(WRONG_USE));
  for (const register of SUBCOMMANDS) register(program, run);
  return program;
}

/**
 * Runs a command line.
 *
 * @param args what follows `ai-api-access`
 * @returns the exit code: the subcommand's own, that of its {@link UserError}, 2 for a wrong use unless the subcommand
 *   says otherwise, 130 when it was interrupted
 * @throws anything else, which is a bug and keeps its stack trace
 */
export async function runCli(args: readonly string[], output?: OutputConfiguration): Promise<number> {
  let exitCode = 0;
  const program: Command = createProgram(async (work) => {
    exitCode = await work({ ...streams, untilStopped: (stopped) => interruption.watch(stopped) });
  }, output);
  const streams = streamsOf(program);
  const interruption = new Interruption(streams.say);
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    // Commander has printed what it had to say, be it help or an error.
    if (error instanceof CommanderError) return error.exitCode;
    if (interruption.stopped !== undefined) {
      streams.say(interruption.stopped);
      return INTERRUPTED;
    }
    if (!isForUser(error)) throw error;
    streams.say(error.message);
    if (!(error instanceof UserError)) return 1;
    if (error.next !== undefined) streams.say(`Next: ${error.next}`);
    return error.exitCode;
  } finally {
    interruption.end();
  }
}

/** Errors whose text is all that a user needs. The program's own, and Pulumi's, are known by name: both load slowly. */
function isForUser(error: unknown): error is Error {
  return (
    error instanceof UserError ||
    (error instanceof Error && ["ConfigError", "LookupError", "CommandError"].includes(error.name))
  );
}

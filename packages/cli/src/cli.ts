/** The command `ai-api-access`: its subcommands, and what becomes of their errors. */
import { Command, CommanderError, type OutputConfiguration } from "commander";
import { registerAdopt } from "./adopt/register.ts";
import { registerAppConfig } from "./app-config/register.ts";
import { registerDoctor } from "./doctor/register.ts";
import { registerFleet } from "./fleet/register.ts";
import { registerKeys } from "./keys/register.ts";
import { registerLocal } from "./local/register.ts";
import { registerMembers } from "./members/register.ts";
import { registerPrPreview } from "./pr-preview/register.ts";
import { registerReplay } from "./replay/register.ts";
import { streamsOf } from "./streams.ts";
import { registerTenants } from "./tenants/register.ts";
import { UserError } from "@ai-api-access/user-error";

/**
 * Every subcommand, in the order of the help. Each adds itself to the program with its options. What is slow to load
 * (the Pulumi SDK) it imports in its action, not for the help of the others.
 */
const SUBCOMMANDS: readonly ((program: Command) => void)[] = [
  registerDoctor,
  registerAdopt,
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

/**
 * @param output where to print, by default the streams of the process; the subcommands inherit it
 */
export function createProgram(output: OutputConfiguration = {}): Command {
  const program = new Command("ai-api-access")
    .description("What is done with a stack besides previews and updates.")
    .configureOutput(output)
    .showHelpAfterError("(--help says more)")
    .exitOverride();
  for (const register of SUBCOMMANDS) register(program);
  return program;
}

/**
 * Runs a command line.
 *
 * @param args what follows `ai-api-access`
 * @returns the exit code: 0 when all is well, 2 for a wrong use, else what the subcommand's {@link UserError} says
 * @throws anything else, which is a bug and keeps its stack trace
 */
export async function runCli(args: readonly string[], output?: OutputConfiguration): Promise<number> {
  const program = createProgram(output);
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    // Commander has printed what it had to say, be it help or an error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USE;
    if (!(error instanceof UserError)) throw error;
    streamsOf(program).say(error.message);
    return error.exitCode;
  }
}

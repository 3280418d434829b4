import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import type { Run } from "../context.ts";
import { stackOption } from "../shared/options.ts";

const LEAST_BITS = 2048;
const MOST_BITS = 4096;

const optionsSchema = z.object({
  stack: z.string(),
  cwd: z.string().optional(),
  out: z.string().default("-"),
  kid: z.string().optional(),
  bits: z.number().default(LEAST_BITS),
  key: z.string().optional(),
});

/** What `steps.ts` exports. */
type Step = "makeKey" | "activateKey" | "retireKey";

export function registerKeys(program: Command, run: Run): void {
  const keys = program
    .command("keys")
    .description(
      "Rotate the key with which machines prove who they are, without an outage: two public keys overlap.",
    )
    .addHelpText("after", "\ndocs/keys.md says more.");
  step("new", "make a key pair, and put the public key beside the one in use", "makeKey")
    .requiredOption(
      "--out <file>",
      "for the private key: a file outside of any repository, or - for standard output",
    )
    .option("--kid <id>", "id of the key (default: the stack's name and today's date)", keyId)
    .option("--bits <number>", `size of the key (default: ${String(LEAST_BITS)})`, bits);
  step("activate", "say which key to sign with, once Okta takes it", "activateKey").option(
    "--key <file>",
    "the private key, or - for standard input: a token is asked for with it",
  );
  step("retire", "take the older public key out", "retireKey");

  function step(name: string, description: string, work: Step): Command {
    return keys
      .command(name)
      .description(description)
      .addOption(stackOption)
      .option("--cwd <folder>", "the folder of Pulumi.yaml (default: this one)")
      .action((raw: unknown) =>
        run(async ({ say, untilStopped }) => {
          const { cwd: folder = process.cwd(), kid, key, ...options } = optionsSchema.parse(raw);
          const steps = await import("./steps.ts");
          // Standard output is for a private key alone.
          await steps[work]({ ...options, kid, key, folder, signal: untilStopped(), say });
          return 0;
        }),
      );
  }
}

function bits(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= LEAST_BITS && number <= MOST_BITS) return number;
  throw new InvalidArgumentError(`Wants ${String(LEAST_BITS)} to ${String(MOST_BITS)}, for example 3072.`);
}

function keyId(text: string): string {
  if (/^[\w.:-]{1,255}$/.test(text)) return text;
  throw new InvalidArgumentError("Wants letters, digits and . _ : - alone, for example prod-2026-11.");
}

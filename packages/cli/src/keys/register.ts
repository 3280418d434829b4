import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { runCommand } from "../shared/run.ts";

const LEAST_BITS = 2048;
const MOST_BITS = 4096;

const optionsSchema = z.object({
  stack: z.string(),
  cwd: z.string().default(() => process.cwd()),
  out: z.string().default("-"),
  kid: z
    .string()
    .regex(/^[\w.:-]{1,255}$/, "--kid: wants letters, digits and . _ : - alone, for example prod-2026-11")
    .optional(),
  bits: z.number().default(LEAST_BITS),
  key: z.string().optional(),
});

export function registerKeys(program: Command): void {
  const keys = program
    .command("keys")
    .description(
      "Rotate the key with which machines prove who they are, without an outage: two public keys overlap.",
    );
  const step = (name: string, description: string, work: "makeKey" | "activateKey" | "retireKey") =>
    keys
      .command(name)
      .description(description)
      .requiredOption("-s, --stack <name>", "the stack; local for the stack of the local twin")
      .option("--cwd <folder>", "the folder of Pulumi.yaml (default: this one)")
      .action(async (raw: unknown, command: Command) => {
        const parsed = optionsSchema.safeParse(raw);
        if (!parsed.success)
          return command.error(parsed.error.issues.map(({ message }) => message).join("\n"));
        const { cwd: folder, kid, key, ...options } = parsed.data;
        const steps = await import("./steps.ts");
        return runCommand(async (signal) => {
          // Standard output is for a private key alone.
          await steps[work]({ ...options, kid, key, folder, signal, say: console.error });
          return 0;
        });
      });

  step("new", "make a key pair, and put the public key beside the one in use", "makeKey")
    .requiredOption(
      "--out <file>",
      "for the private key: a file outside of any repository, or - for standard output",
    )
    .option("--kid <id>", "id of the key (default: the stack's name and today's date)")
    .option("--bits <number>", `size of the key (default: ${LEAST_BITS})`, bits);
  step("activate", "say which key to sign with, once Okta takes it", "activateKey").option(
    "--key <file>",
    "the private key, or - for standard input: a token is asked for with it",
  );
  step("retire", "take the older public key out", "retireKey");
}

function bits(text: string): number {
  const parsed = z.coerce.number().int().min(LEAST_BITS).max(MOST_BITS).safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`Wants ${LEAST_BITS} to ${MOST_BITS}, for example 3072.`);
}

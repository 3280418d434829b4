/** `npm run keys -- new | activate | retire --stack NAME`: the keys of a service app with private_key_jwt. */
import { Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { runCommand } from "../shared/run.ts";
import { activateKey, makeKey, retireKey } from "./steps.ts";

const cli = new Command("npm run keys --").description(
  "Rotates the key with which machines prove who they are, without an outage: two public keys overlap.",
);

const LEAST_BITS = 2048;
const MOST_BITS = 4096;

function bits(text: string): number {
  const parsed = z.coerce.number().int().min(LEAST_BITS).max(MOST_BITS).safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`Wants ${String(LEAST_BITS)} to ${String(MOST_BITS)}, for example 3072.`);
}

const optionsSchema = z.object({
  stack: z.string(),
  cwd: z.string().default(process.cwd()),
  out: z.string().default("-"),
  kid: z
    .string()
    .regex(/^[\w.:-]{1,255}$/, "--kid: wants letters, digits and . _ : - alone, for example prod-2026-11")
    .optional(),
  bits: z.number().default(LEAST_BITS),
  key: z.string().optional(),
});

function step(name: string, description: string, work: (options: Options) => Promise<void>): Command {
  return cli
    .command(name)
    .description(description)
    .requiredOption("-s, --stack <name>", "the stack; local for the stack of the local twin")
    .option("--cwd <folder>", "the folder of Pulumi.yaml (default: this one)")
    .action((raw: unknown) => {
      const parsed = optionsSchema.safeParse(raw);
      if (!parsed.success) return cli.error(parsed.error.issues.map(({ message }) => message).join("\n"));
      const { cwd: folder, kid, key, ...options } = parsed.data;
      return runCommand(async (signal) => {
        // Standard output is for a private key alone.
        await work({ ...options, kid, key, folder, signal, say: console.error });
        return 0;
      });
    });
}
type Options = Parameters<typeof makeKey>[0] & Parameters<typeof activateKey>[0];

step("new", "make a key pair, and put the public key beside the one in use", makeKey)
  .requiredOption(
    "--out <file>",
    "for the private key: a file outside of any repository, or - for standard output",
  )
  .option("--kid <id>", "id of the key (default: the stack's name and today's date)")
  .option("--bits <number>", `size of the key (default: ${String(LEAST_BITS)})`, bits);
step("activate", "say which key to sign with, once Okta takes it", activateKey).option(
  "--key <file>",
  "the private key, or - for standard input: a token is asked for with it",
);
step("retire", "take the older public key out", retireKey);

await cli.parseAsync();

/** `ai-api-access local`: the life of the local stack, with the exit codes of the Pulumi CLI. */
import { runDemo } from "@ai-api-access/local/demo/index.ts";
import { printOutputs } from "@ai-api-access/local/outputs.ts";
import { resetTwin } from "@ai-api-access/local/reset.ts";
import { inSession } from "@ai-api-access/local/session.ts";
import { serveSignIn } from "@ai-api-access/local/sign-in.ts";
import type { Command as EngineCommand, RunOptions } from "@ai-api-access/local/twin.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { configSchema } from "../shared/config-option.ts";
import { providersSchema } from "../shared/options.ts";

const STOPPED = "Stopped. The next `npm start` goes on from here.";

const runSchema = z.object({
  providers: providersSchema,
  config: configSchema,
  refresh: z.boolean().default(false),
  excludeProtected: z.boolean().default(false),
  diff: z.boolean().default(false),
  continueOnError: z.boolean().default(false),
});

const startSchema = z.object({
  providers: providersSchema,
  config: configSchema,
  ci: z.boolean().default(false),
});

/** Runs the engine; its own output is this command's. */
export function engine(name: EngineCommand, raw: unknown, context: Context): Promise<number> {
  const { providers, config = {}, ...options } = runSchema.parse(raw);
  const signal = context.untilStopped(STOPPED);
  return inSession({ providers, config, say: context.print, signal }, async (twin) => {
    await twin.run(name, { ...options, ...engineOutput(context), signal });
    return 0;
  });
}

/** `up` from nothing, and at a terminal the page at which its people sign in; otherwise how to get there. */
export async function start(raw: unknown, context: Context): Promise<number> {
  const { providers, config = {}, ci } = startSchema.parse(raw);
  const { print, untilStopped } = context;
  const signal = untilStopped(STOPPED);
  const values = await inSession({ providers, config, say: print, signal }, async (twin) => {
    await twin.run("up", { ...engineOutput(context), signal, suppressOutputs: true });
    const shown = await twin.outputs();
    printOutputs(shown, print);
    return shown;
  });
  print(`
What to try next${process.stdout.isTTY && !ci ? ", in another shell" : ""}:
  npm start                            again: nothing changes
  npx ai-api-access local preview      after a change in Pulumi.local.yaml
  npx ai-api-access local destroy      takes the stack away
  npx ai-api-access tenants            serves the tenants until stopped, for any client
`);
  if (!process.stdout.isTTY || ci) {
    print("Sign in as ada, grace or alan@example.com:   npx ai-api-access local sign-in");
    return 0;
  }
  await serveSignIn({ outputs: values, say: print, signal });
  return 0;
}

/** Serves the page at which the people of the stack that is up sign in. */
export async function signIn(_raw: unknown, { print, untilStopped }: Context): Promise<number> {
  const signal = untilStopped();
  const values = await inSession({ say: print, signal }, (twin) => twin.outputs());
  await serveSignIn({ outputs: values, say: print, signal });
  return 0;
}

export function outputs(raw: unknown, { print, say, untilStopped }: Context): Promise<number> {
  const { json, showSecrets } = z
    .object({ json: z.boolean().default(false), showSecrets: z.boolean().default(false) })
    .parse(raw);
  // What was asked for stands alone on the output.
  return inSession({ say, signal: untilStopped(STOPPED) }, async (twin) => {
    const values = await twin.outputs(showSecrets);
    if (json) print(JSON.stringify(values, null, 2));
    else printOutputs(values, print);
    return 0;
  });
}

export async function reset({ print }: Context): Promise<number> {
  print(await resetTwin());
  return 0;
}

/** @returns 0 when every call of the demo went as expected, else 1 */
export async function demo(raw: unknown, { print, untilStopped }: Context): Promise<number> {
  const { ci, providers, config = {} } = startSchema.parse(raw);
  return (await runDemo({ ci, providers, config, say: print, signal: untilStopped(STOPPED) })) ? 0 : 1;
}

function engineOutput({ write }: Context): Pick<RunOptions, "color" | "onOutput"> {
  return { color: process.stdout.isTTY ? "always" : "never", onOutput: write };
}

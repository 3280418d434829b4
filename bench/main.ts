/** `npm run bench`: measures, prints the tables and writes them to `bench/results`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Argument, Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { PROVIDER_KINDS } from "@ai-api-access/local/providers.ts";
import { api } from "./benches/api.ts";
import { calls } from "./benches/calls.ts";
import { load } from "./benches/load.ts";
import { members } from "./benches/members.ts";
import { organizations } from "./benches/organizations.ts";
import { preview } from "./benches/preview.ts";
import { start } from "./benches/start.ts";
import { verifier } from "./benches/verifier.ts";
import type { Bench } from "./kit/bench.ts";
import { factsOf } from "./kit/facts.ts";
import { stop, wasStopped } from "./kit/processes.ts";
import { render } from "./kit/report.ts";
import { findTools } from "./stacks/tools.ts";

const BENCHES: readonly Bench[] = [preview, start, calls, verifier, api, load, members, organizations];
const RESULTS = join(import.meta.dirname, "results");

const argsSchema = z.tuple([z.array(z.string())]);
const optionsSchema = z.object({
  runs: z.number(),
  providers: z.enum(PROVIDER_KINDS).optional(),
});

const cli = new Command("npm run bench --")
  .description("Measures the stack and writes what it finds to bench/results.")
  .addArgument(
    new Argument("[benches...]", "which of them; all but the long ones when none is named").choices(
      BENCHES.map(({ name }) => name),
    ),
  )
  .option("--runs <number>", "how often each thing is timed", positive, 5)
  .option("--providers <kind>", `provider plugins: ${PROVIDER_KINDS.join(" | ")}`)
  .addHelpText("after", `\n${BENCHES.map(({ name, description }) => `  ${name}: ${description}`).join("\n")}`)
  .parse();

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new InvalidArgumentError(`Got ${text}; wants a whole number of 1 or more.`);
  }
  return number;
}

// Set for the commands of this repository; a program that somebody starts by hand goes without it.
delete process.env.NODE_COMPILE_CACHE;

const say = (line: string): void => {
  console.error(line);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, stop);
}

const [names] = argsSchema.parse(cli.processedArgs);
const { runs, providers } = optionsSchema.parse(cli.opts());
const tools = await findTools(providers, say);
const wanted = BENCHES.filter(({ name, onlyByName }) =>
  names.length === 0 ? onlyByName !== true : names.includes(name),
);
mkdirSync(RESULTS, { recursive: true });
try {
  for (const bench of wanted) {
    const page = render(await bench.run({ tools, runs, say }), factsOf(tools));
    console.log(`\n${page}`);
    writeFileSync(join(RESULTS, `${bench.name}.md`), page);
  }
} catch (error) {
  // A run that was interrupted fails; its stacks are gone by now.
  if (!wasStopped()) console.error(error instanceof Error ? error.message : error);
  process.exitCode = wasStopped() ? 130 : 1;
}

/** `npm run app-config`: the outputs of a stack as an application's configuration. */
import { differences, existing, objections, replace } from "./file.ts";
import { FORMATS, type Content } from "./formats/index.ts";
import { Mistake } from "./mistake.ts";
import { type Options, parseOptions, USAGE } from "./options.ts";
import { contentOf } from "./read.ts";
import { fromGiven } from "./sources/given.ts";
import { fromPulumi } from "./sources/pulumi.ts";
import type { Outputs } from "./sources/source.ts";
import { fromTwin } from "./sources/twin.ts";
import { sealed } from "./stamp.ts";

/** Where a command speaks. */
export interface Streams {
  /** What was asked for, and nothing else. */
  readonly print: (text: string) => void;
  /** Everything else. */
  readonly say: (line: string) => void;
}

/**
 * Runs the command.
 *
 * @returns its exit code: 0, 1 when a file is not up to date or must not be replaced, 2 for any other mistake
 */
export async function appConfig(args: readonly string[], { print, say }: Streams): Promise<0 | 1 | 2> {
  try {
    const options = parseOptions(args);
    if (options === undefined) {
      print(`${USAGE}\n`);
      return 0;
    }
    const content = contentOf(await outputsOf(options), options.showSecrets);
    if (options.out === undefined) {
      print(sealed(FORMATS[options.format].render(content)));
      sayLeftOut(content, say);
      return 0;
    }
    return options.check
      ? check(options.out, options, content, say)
      : write(options.out, options, content, say);
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    say(error.message);
    return 2;
  }
}

async function outputsOf({ stack, twin, from, showSecrets }: Options): Promise<Outputs> {
  const asked = { showSecrets, ...(stack !== undefined && { stack }) };
  if (from !== undefined) return fromGiven(from, asked);
  if (twin || stack === undefined) return fromTwin(asked);
  return fromPulumi({ ...asked, stack });
}

function check(file: string, { format: name }: Options, content: Content, say: Streams["say"]): 0 | 1 {
  const format = FORMATS[name];
  const found = existing(file, format);
  if (found === undefined) {
    say(`${file} is not there.`);
    return 1;
  }
  const differing = differences(found, content, format);
  if (differing.length === 0) {
    say(`${file} is up to date.`);
    for (const { path } of content.leftOut) say(`Not compared without --show-secrets: ${path}`);
    return 0;
  }
  say(
    `${file} is not up to date${content.stamp.stack === undefined ? "" : ` with stack ${content.stamp.stack}`}:`,
  );
  for (const { key, what } of differing) say(`  ${key} ${what}`);
  return 1;
}

function write(file: string, { format: name, force }: Options, content: Content, say: Streams["say"]): 0 | 1 {
  const format = FORMATS[name];
  const text = sealed(format.render(content));
  const found = existing(file, format);
  if (found !== undefined && !force) {
    const lost = content.leftOut.filter((one) => found.values.has(format.keyOf(one)));
    if (differences(found, content, format).length === 0 && found.stamp !== undefined) {
      say(`${file} is up to date.`);
      for (const one of lost) say(`Not compared without --show-secrets: ${format.keyOf(one)}`);
      return 0;
    }
    const against = objections(found, content, format);
    if (against.length > 0) {
      say(`${file} was left as it is:`);
      for (const objection of against) say(`  ${objection}`);
      say("  next: look at it with --check; choose another --out; or replace it with --force");
      return 1;
    }
  }
  replace(file, text);
  say(`${file} was written.`);
  sayLeftOut(content, say);
  return 0;
}

function sayLeftOut({ leftOut }: Content, say: Streams["say"]): void {
  for (const { path, command } of leftOut) {
    say(`${path} is a secret and was left out; --show-secrets writes it too.`);
    if (command !== undefined) say(`It is what this prints: ${command}`);
  }
}

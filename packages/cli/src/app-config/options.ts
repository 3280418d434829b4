import { parseArgs } from "node:util";
import { nearest } from "../../../../src/config/nearest.ts";
import { FORMATS, isFormatName, type FormatName } from "./formats/index.ts";
import { Mistake, reasonOf } from "./mistake.ts";

export interface Options {
  readonly stack?: string;
  readonly twin: boolean;
  /** A file, or `-`. */
  readonly from?: string;
  readonly format: FormatName;
  readonly out?: string;
  readonly showSecrets: boolean;
  readonly check: boolean;
  readonly force: boolean;
}

const FORMAT_NAMES = Object.keys(FORMATS).join(", ");

export const USAGE = `Writes the app configuration from the outputs of a stack.

  npm run --silent app-config -- --stack dev --format env --out .env

  --stack <name>     the stack, as the Pulumi CLI on PATH knows it
  --twin             the stack of the local twin
  --from <file>      the JSON of \`pulumi stack output --json\`; - is standard input

  --format <format>  ${FORMAT_NAMES} (default: env)
  --out <file>       write to this file (default: print)
  --show-secrets     write secrets too
  --force            replace the file even if it was edited, is of another stack or is newer
  --check            write nothing; exit with 1 if the file is not up to date

Exit codes: 0 all is well, 1 the file is not up to date or must not be replaced, 2 anything else.
docs/app-config.md says more.`;

/** As Pulumi has it, with organization and project where they are given. */
const STACK_NAME = /^[\w.-]+(\/[\w.-]+){0,2}$/;

/**
 * @returns `undefined` when only help is asked for
 * @throws Mistake with everything that is wrong
 */
export function parseOptions(args: readonly string[]): Options | undefined {
  const {
    stack,
    twin,
    from,
    format = "env",
    out,
    help,
    check,
    force,
    "show-secrets": showSecrets,
  } = parsed(args);
  if (help) return undefined;
  const sources = [stack !== undefined && from === undefined, twin, from !== undefined].filter(
    Boolean,
  ).length;
  const mistakes = [
    ...(sources === 1
      ? []
      : [
          sources === 0
            ? "got no stack; wants one of --stack NAME, --twin, --from FILE. For example: --stack dev"
            : "got more than one stack; wants one of --stack NAME, --twin, --from FILE",
        ]),
    ...(stack !== undefined && !STACK_NAME.test(stack)
      ? [
          `--stack: got ${JSON.stringify(stack)}; wants the name of a stack, for example dev or acme/ai-api-access/dev`,
        ]
      : []),
    ...(isFormatName(format)
      ? []
      : [`--format: got ${JSON.stringify(format)}; wants one of ${FORMAT_NAMES}${meant(format)}`]),
    ...(check && out === undefined
      ? ["--check: got no file; wants --out FILE to say which. For example: --out .env"]
      : []),
    ...(check && force ? ["--check and --force: one looks, the other writes; leave one out"] : []),
  ];
  if (mistakes.length > 0 || !isFormatName(format))
    throw new Mistake(...mistakes, "next: npm run app-config -- --help");
  return {
    format,
    twin,
    showSecrets,
    check,
    force,
    ...(stack !== undefined && { stack }),
    ...(from !== undefined && { from }),
    ...(out !== undefined && { out }),
  };
}

function parsed(args: readonly string[]) {
  const flag = { type: "boolean", default: false } as const;
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        stack: text,
        twin: flag,
        from: text,
        format: text,
        out: text,
        check: flag,
        force: flag,
        help: { ...flag, short: "h" },
        "show-secrets": flag,
      },
    }).values;
  } catch (error) {
    throw new Mistake(reasonOf(error), "next: npm run app-config -- --help");
  }
}

function meant(word: string): string {
  const known = nearest(word, Object.keys(FORMATS));
  return known === undefined ? "" : `; did you mean ${known}?`;
}

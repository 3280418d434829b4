import { type Entry, inLine } from "../entries.ts";
import { readStampLines, stampLines } from "./comments.ts";
import type { Format, LeftOut } from "./format.ts";

/**
 * A shell script that sets variables and secrets of a GitHub repository with the GitHub CLI. Secrets go in through
 * standard input: what is on a command line, everybody on the machine can read. One that is left out here goes straight
 * from Pulumi to GitHub when the script runs.
 */
export const github: Format = {
  keyOf: ({ variable }) => variable,
  render({ entries, leftOut, stamp }) {
    const lines = [...stampLines(stamp), "set -e", ...entries.map(lineOf), ...leftOut.flatMap(leftOutLines)];
    return `${lines.join("\n")}\n`;
  },
  read(text) {
    const stamp = readStampLines(text);
    const values = text.split("\n").flatMap((line): [string, string][] => {
      const variable = /^gh variable set (\w+) --body ('.*')$/.exec(line);
      const secret = /^printf %s ('.*') \| gh secret set (\w+)$/.exec(line);
      const [name, quotation] = variable ? [variable[1], variable[2]] : [secret?.[2], secret?.[1]];
      return name === undefined || quotation === undefined ? [] : [[name, unquoted(quotation)]];
    });
    return { values: new Map(values), ...(stamp && { stamp }) };
  },
};

function lineOf({ variable, value, secret }: Entry): string {
  const quotation = quoted(inLine(value));
  // printf is a part of the shell: its arguments are on no command line.
  return secret
    ? `printf %s ${quotation} | gh secret set ${variable}`
    : `gh variable set ${variable} --body ${quotation}`;
}

/** In two steps: a pipe would set an empty secret where the first command fails. */
function leftOutLines({ variable, command }: LeftOut): string[] {
  return command === undefined
    ? [`# ${variable} is a secret and was left out. With --show-secrets it is written too.`]
    : [`secret=$(${command})`, `printf %s "$secret" | gh secret set ${variable}`];
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function unquoted(quotation: string): string {
  return quotation.replace(/^'|'$/g, "").replaceAll(`'\\''`, "'");
}

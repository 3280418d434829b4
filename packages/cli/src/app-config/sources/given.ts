import { readFileSync, statSync } from "node:fs";
import { Mistake, reasonOf } from "../mistake.ts";
import type { Asked, Outputs } from "./source.ts";

/** Standard input, as a file. */
const STDIN = 0;

/**
 * Outputs that somebody else has read: the JSON of `pulumi stack output --json`, from a file or (`-`) from standard
 * input. They are as of the file's last change; from standard input, as of now.
 *
 * @throws Mistake when it is not there or not JSON
 */
export function fromGiven(from: string, { stack }: Asked): Outputs {
  const where = from === "-" ? "standard input" : from;
  const next = "pulumi stack output --json --stack STACK";
  let text: string;
  let outputsOf = new Date();
  try {
    text = readFileSync(from === "-" ? STDIN : from, "utf8");
    if (from !== "-") outputsOf = statSync(from).mtime;
  } catch (error) {
    throw new Mistake(
      `The outputs cannot be read from ${where}: ${reasonOf(error)}`,
      `  next: ${next} > ${from}`,
    );
  }
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    // What the parser says may quote the text, and a secret with it.
    throw new Mistake(`What came from ${where} is not JSON.`, `  next: ${next}`);
  }
  return {
    values,
    stamp: { outputsOf: outputsOf.toISOString(), ...(stack !== undefined && { stack }) },
    next,
  };
}

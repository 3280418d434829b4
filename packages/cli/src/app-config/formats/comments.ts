/** The stamp as comments, for formats in which lines that begin with # are comments. */
import { type Stamp, UNSEALED } from "../stamp.ts";
import type { LeftOut } from "./format.ts";

const WRITTEN = "# Written by `npm run app-config`. Do not edit: change the stack, and write it again.";

export function stampLines({ stack, outputsOf, update }: Stamp): string[] {
  return [
    WRITTEN,
    ...(stack === undefined ? [] : [`# stack: ${stack}`]),
    `# outputs-of: ${outputsOf}`,
    ...(update === undefined ? [] : [`# update: ${String(update)}`]),
    `# content: ${UNSEALED}`,
  ];
}

export function readStampLines(text: string): Stamp | undefined {
  const value = (name: string) => new RegExp(`^# ${name}: (.*)$`, "m").exec(text)?.[1];
  const [stack, outputsOf, update] = [value("stack"), value("outputs-of"), value("update")];
  if (outputsOf === undefined || Number.isNaN(Date.parse(outputsOf))) return undefined;
  return {
    outputsOf,
    ...(stack !== undefined && { stack }),
    ...(update !== undefined && { update: Number(update) }),
  };
}

/** Says of a secret that it is not there, and where it is. */
export function leftOutLines({ variable, command }: LeftOut): string[] {
  return [
    `# ${variable} is a secret and was left out. With --show-secrets it is written too.`,
    ...(command === undefined ? [] : [`# It is what this prints: ${command}`]),
  ];
}

/** What a bench found: a table in Markdown, with what one has to know to judge it. */
import { markdownTable } from "./markdown.ts";

export interface Report {
  readonly title: string;
  /** How it was measured: whole sentences. */
  readonly how: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Whole sentences below the table. */
  readonly notes?: readonly string[];
}

/**
 * The report as a Markdown page.
 *
 * @param facts of the machine and of the tools, in one line
 */
export function render({ title, how, columns, rows, notes = [] }: Report, facts: string): string {
  const parts = [`# ${title}`, facts, how.join("\n"), markdownTable(columns, rows)];
  return `${[...parts, ...(notes.length === 0 ? [] : [notes.join("\n")])].join("\n\n")}\n`;
}

/** `2.41 s` */
export function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

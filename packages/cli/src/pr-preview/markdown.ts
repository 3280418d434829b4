/**
 * Pieces of Markdown. What goes in comes from a pull request, perhaps a stranger's: nothing of it may end a code span,
 * a table's cell or a block, or be taken for HTML or a link.
 */

const LONGEST = 300;

/** A text as it is, on one line, fit for a table's cell. */
export function code(text: string): string {
  const line = text.replaceAll(/\s*[\r\n]+\s*/g, " ⏎ ");
  const whole =
    line.length > LONGEST ? `${line.slice(0, LONGEST)}… (${String(line.length)} characters)` : line;
  const fence = "`".repeat(longestRun(whole) + 1);
  const space = whole.startsWith("`") || whole.endsWith("`") || whole.trim() === "" ? " " : "";
  // In a table, a backslash before a bar belongs to the bar, also inside a code span.
  return `${fence}${space}${whole.replaceAll("|", String.raw`\|`)}${space}${fence}`;
}

/** A text of several lines as it is. */
export function block(text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text.trimEnd()}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Cells have to be Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** "1 resource", "2 resources" */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}

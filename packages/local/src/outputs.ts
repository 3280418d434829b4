/** The outputs of the stack as the engine masked them. */
export type Outputs = Readonly<Record<string, unknown>>;

/** Prints the outputs as a table, sorted by name. */
export function printOutputs(outputs: Outputs, say: (line: string) => void): void {
  const names = Object.keys(outputs).sort();
  if (names.length === 0) {
    say("The stack has no outputs: it is not up. `npm start` brings it up.");
    return;
  }
  say("Outputs:");
  const width = Math.max(...names.map((name) => name.length));
  for (const name of names) {
    const value = outputs[name];
    const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
    say(`  ${name.padEnd(width)}  ${text.replaceAll("\n", `\n${" ".repeat(width + 4)}`)}`);
  }
}

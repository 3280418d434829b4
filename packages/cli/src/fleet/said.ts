/** What the engine's report of one run comes down to. */
const MOST_LINES = 20;

/** What ends an error in the report: another message, a heading, or the resource that it is about. */
const NEXT = /^ *(?:error|warning): |^(?:Resources|Outputs|Duration|Diagnostics):|^ {2}\S.* \(.*\):$/;
/** What other errors lead to. */
const CONSEQUENCE = /^(?:update|preview|refresh|destroy) failed$/;

/** Why a run failed, each message once; what the command itself said last where the engine said nothing. */
export function reasonIn(output: string): string {
  const lines = output.split("\n");
  const messages = lines.flatMap((line, at) => {
    const [, first] = /^ *error: (.+)$/.exec(line) ?? [];
    if (first === undefined || CONSEQUENCE.test(first)) return [];
    const rest = lines.slice(at + 1);
    const end = rest.findIndex((other) => NEXT.test(other));
    return [first, ...rest.slice(0, end === -1 ? rest.length : end)].join("\n").trimEnd();
  });
  if (messages.length === 0 && output.trim() === "") return "it ended without a word";
  if (messages.length === 0) return output.trimEnd().split("\n").slice(-MOST_LINES).join("\n");
  const told = [...new Set(messages)].join("\n").split("\n");
  return [...told.slice(0, MOST_LINES), ...(told.length > MOST_LINES ? ["…"] : [])].join("\n");
}

/** Whether the engine said that it was through. One that is killed may take its exit code with it. */
export function isThrough(output: string): boolean {
  return /^(?:Resources|Duration):/m.test(output);
}

/** `17 created, 2 updated`, from below `Resources:`; a preview says `17 to create`. */
export function changesIn(output: string): string {
  const [, resources = ""] = /^Resources:\n((?: {4}.+\n)+)/m.exec(output) ?? [];
  const parts = [...resources.matchAll(/^ +(?:[^\s\d]+ *|\d+ changes\. )?(\d+ (?!changes)[a-z ]+?)$/gm)].map(
    ([, part]) => part,
  );
  return parts.length === 0 ? "done" : parts.join(", ");
}

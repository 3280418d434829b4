import * as pulumi from "@pulumi/pulumi";

/** One thing that is wrong in the configuration, for the person who can put it right. */
export interface Mistake {
  /** Full key path, for instance `ai-api-access:roles[1].permissions[0]`. */
  readonly key: string;
  /** What stands there now, ready to print; never the value of a secret. */
  readonly got: string;
  /** The rule, as the end of the sentence "it wants …". */
  readonly wants: string;
  /** A value that would be accepted, or the lines to write. */
  readonly example: string;
  /** What to do next, where that is not obvious from the rule. */
  readonly next?: string;
}

function block(mistake: Mistake, number: number): string {
  const lines = [
    `${String(number)}. ${mistake.key}`,
    `     got:     ${mistake.got}`,
    `     wants:   ${mistake.wants}`,
    `     example: ${mistake.example}`,
  ];
  if (mistake.next !== undefined) lines.push(`     next:    ${mistake.next}`);
  return lines.join("\n");
}

/** The whole message: a header with the count and the stack, then each mistake. */
function describeMistakes(mistakes: readonly Mistake[], stack: string): string {
  const count = mistakes.length === 1 ? "1 mistake" : `${String(mistakes.length)} mistakes`;
  const header = `${count} in the configuration of stack ${stack} (nothing was looked up or changed):`;
  return [header, ...mistakes.map((mistake, index) => block(mistake, index + 1))].join("\n\n");
}

/** Every mistake of a configuration in one error. A RunError, so that Pulumi prints it without a stack trace. */
export class ConfigError extends pulumi.RunError {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[], stack: string) {
    super(describeMistakes(mistakes, stack));
    this.name = "ConfigError";
    this.mistakes = mistakes;
  }
}

import { matchesGlob } from "node:path";
import { UserError } from "@ai-api-access/user-error";

/** Whether a stack's name, without organization and project, fits a glob. */
export function fits(name: string, glob: string): boolean {
  return matchesGlob(name.split("/").at(-1) ?? name, glob);
}

export function noneFits(stacks: string, all: readonly string[]): UserError {
  const there = all.length === 0 ? "There is no stack yet" : `There are: ${all.join(", ")}`;
  return new UserError(
    `No stack fits --stacks '${stacks}'. ${there}. Wants a glob of stack names, for example 'customer-*'; ` +
      "a stack is made by `pulumi stack init customer-acme`.",
  );
}

/** `ai-api-access members export`: writes the members file of an organization that exists. */
import { exportMembers } from "@ai-api-access/roster/export.ts";
import type { Context } from "../context.ts";
import { organizationOfStack, settingsOfStack } from "./stack.ts";

export interface ExportOptions {
  /** Its id or its name; that of the stack if it is left out. */
  readonly organization: string | undefined;
  readonly stack: string | undefined;
  readonly out: string;
  readonly force: boolean;
}

export async function runExport(
  { organization: named, stack, out, force }: ExportOptions,
  { print, say }: Context,
): Promise<number> {
  const { organization, people } = await exportMembers({
    settings: stack === undefined ? {} : await settingsOfStack(stack),
    organization: named ?? (await organizationOfStack(stack ?? "")),
    out,
    force,
    onWait: (seconds) => {
      say(`waiting ${String(seconds)} s for Auth0's rate limit`);
    },
  });
  const count = people === 1 ? "1 person" : `${people.toLocaleString("en-US")} people`;
  print(`${out}: ${count} of ${organization}`);
  return 0;
}

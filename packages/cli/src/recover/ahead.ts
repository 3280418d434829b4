import { UserError } from "@ai-api-access/user-error";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { changesAhead, describeChanges } from "../shared/stack/changes.ts";
import { inWordsOfTheCli } from "../shared/stack/words.ts";

/**
 * Says what the next `up` would do. With a look at the tenants where that passes: a provider may take what somebody
 * deleted for an error.
 *
 * @param program the stack with its program, whose configuration may be wrong
 */
export async function sayWhatIsAhead(
  program: () => Promise<Stack>,
  name: string,
  say: (line: string) => void,
): Promise<void> {
  try {
    const stack = await program();
    const refreshed = await attempt(() => changesAhead(stack, { refresh: true }));
    const changes =
      "changes" in refreshed ? refreshed.changes : await inWordsOfTheCli(() => changesAhead(stack));
    if (!("changes" in refreshed)) {
      say("The tenants could not be read for this preview, so it shows what the state knows:");
      say(refreshed.reason);
    }
    const command = "changes" in refreshed ? "`pulumi up --refresh`" : "`pulumi up`";
    say(
      changes.length === 0
        ? `Done. A preview of stack ${name} is empty: ${command} would change nothing.`
        : `Done. ${command} of stack ${name} would:`,
    );
    describeChanges(changes).forEach(say);
  } catch (error) {
    if (!isForUser(error)) throw error;
    say(`Done. There is no preview of the next \`up\` of stack ${name}:`);
    say(error.message);
  }
}

type Attempt = { readonly changes: Awaited<ReturnType<typeof changesAhead>> } | { readonly reason: string };

async function attempt(preview: () => ReturnType<typeof changesAhead>): Promise<Attempt> {
  try {
    return { changes: await inWordsOfTheCli(preview) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { reason: error.message };
  }
}

/** The program's own errors are known by name: it loads slowly. */
function isForUser(error: unknown): error is Error {
  return (
    error instanceof UserError ||
    (error instanceof Error && ["ConfigError", "LookupError"].includes(error.name))
  );
}

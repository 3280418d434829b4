/** `npm run members -- export`: writes the members file of an organization that exists. */
import { Management } from "@ai-api-access/roster/auth0/management.ts";
import { readSettings } from "@ai-api-access/roster/auth0/settings.ts";
import { trustCertificateFile } from "@ai-api-access/roster/auth0/trust.ts";
import { Halted, NoOrganization, Refused } from "@ai-api-access/roster/core/organization.ts";
import { entriesOf, idOfOrganization } from "@ai-api-access/roster/export/members.ts";
import { Mistake } from "@ai-api-access/roster/export/mistake.ts";
import { parseOptions, USAGE } from "@ai-api-access/roster/export/options.ts";
import { organizationOfStack, settingsOfStack } from "@ai-api-access/roster/export/stack.ts";
import { csvOf, FileExistsError, writeFile } from "@ai-api-access/roster/file/write.ts";

async function exportMembers(args: readonly string[]): Promise<string> {
  const options = parseOptions(args);
  if (options === undefined) return USAGE;
  const { stack, out, force } = options;
  const settings = readSettings(stack === undefined ? {} : await settingsOfStack(stack));
  trustCertificateFile(process.env.SSL_CERT_FILE);
  const management = new Management(settings, {
    onWait: (milliseconds) => {
      if (milliseconds >= 2000) console.error("waiting for Auth0's rate limit");
    },
  });
  const named = options.organization ?? (stack === undefined ? "" : await organizationOfStack(stack));
  const organization = await idOfOrganization(management, named);
  const entries = await entriesOf(management, organization);
  writeFile(out, csvOf(entries), { force });
  const people = entries.length === 1 ? "1 person" : `${entries.length.toLocaleString("en-US")} people`;
  return `${out}: ${people} of ${organization}`;
}

/** What to print of an error; nothing of one that is a mistake of ours. */
function wordsOf(error: unknown): string | undefined {
  if (error instanceof FileExistsError) {
    return `${error.message} is there already.\nnext: --force replaces it, --out writes another`;
  }
  const known = [Mistake, Halted, Refused, NoOrganization].some((kind) => error instanceof kind);
  return known && error instanceof Error ? error.message : undefined;
}

try {
  console.log(await exportMembers(process.argv.slice(2)));
} catch (error) {
  console.error(wordsOf(error) ?? error);
  process.exitCode = 1;
}

/** `npm run members -- export`: writes the members file of an organization that exists. */
import { parseArgs } from "node:util";
import { ExportError, exportMembers } from "@ai-api-access/roster/export.ts";
import { organizationOfStack, settingsOfStack } from "./stack.ts";

const USAGE = `Writes the members file of an organization that exists: everybody in it, with their roles.

  npm run members -- export org_L941CIyJzLJZI4K4 --out members.csv
  npm run members -- export --stack dev --out members.csv

  ORGANIZATION     its id or its name (default: the organization of the stack)
  --stack <name>   take the organization, and what to log in with, from this stack as the Pulumi CLI knows it
  --out <file>     the file to write, a .csv (default: members.csv)
  --force          replace the file if it is there

Logs in as the auth0 provider does: auth0:domain and the others of the stack's configuration, else AUTH0_DOMAIN,
AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_API_TOKEN. It needs read:organization_members and
read:organization_member_roles, and read:organizations to find an organization by its name.
docs/members.md says more.`;

const HELP = "next: npm run members -- --help";

async function main(args: readonly string[]): Promise<string> {
  const { values, positionals } = parsed(args);
  if (values.help) return USAGE;
  const { stack, out, force } = values;
  const [command, named, ...others] = positionals;
  const wrong = [
    ...(command === "export" ? [] : [`got ${quoted(command)}; wants export`]),
    ...(others.length === 0 ? [] : [`got ${others.map(quoted).join(" ")} besides; wants one organization`]),
    ...(named !== undefined || stack !== undefined || command !== "export"
      ? []
      : ["got no organization; wants its id or name, or --stack. For example: org_L941CIyJzLJZI4K4"]),
    ...(/\.csv$/i.test(out)
      ? []
      : [`--out: got ${quoted(out)}; wants a .csv file. For example: members.csv`]),
  ];
  if (wrong.length > 0) throw new ExportError([...wrong, HELP].join("\n"));
  const { organization, people } = await exportMembers({
    settings: stack === undefined ? {} : await settingsOfStack(stack),
    organization: named ?? (await organizationOfStack(stack ?? "")),
    out,
    force,
    onWait: (seconds) => {
      console.error(`waiting ${String(seconds)} s for Auth0's rate limit`);
    },
  });
  return `${out}: ${people === 1 ? "1 person" : `${people.toLocaleString("en-US")} people`} of ${organization}`;
}

function parsed(args: readonly string[]) {
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { ...flag, short: "h" },
        force: flag,
        stack: { type: "string", short: "s" },
        out: { type: "string", default: "members.csv" },
      },
    });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new ExportError(`${words}\n${HELP}`, { cause: error });
  }
}

function quoted(text: string | undefined): string {
  return text === undefined ? "no command" : JSON.stringify(text);
}

try {
  console.log(await main(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof ExportError ? error.message : error);
  process.exitCode = 1;
}

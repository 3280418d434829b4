/** The command line of `npm run members`. */
import { parseArgs } from "node:util";
import { Mistake } from "./mistake.ts";

export interface Options {
  /** `org_…`, or the organization's name; of the stack when there is none. */
  readonly organization: string | undefined;
  readonly stack: string | undefined;
  readonly out: string;
  readonly force: boolean;
}

export const USAGE = `Writes the members file of an organization that exists: everybody in it, with their roles.

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

/**
 * @returns `undefined` when only help is asked for
 * @throws Mistake with everything that is wrong
 */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { values, positionals } = parsed(args);
  if (values.help) return undefined;
  const [command, organization, ...others] = positionals;
  const { stack, out, force } = values;
  const wrong: string[] = [];
  if (command !== "export") {
    wrong.push(`got ${command === undefined ? "no command" : quoted(command)}; wants export`);
  }
  if (others.length > 0) wrong.push(`got ${others.map(quoted).join(" ")} besides; wants one organization`);
  if (organization === undefined && stack === undefined && command === "export") {
    wrong.push("got no organization; wants its id or name, or --stack. For example: org_L941CIyJzLJZI4K4");
  }
  if (!/\.csv$/i.test(out))
    wrong.push(`--out: got ${quoted(out)}; wants a .csv file. For example: members.csv`);
  if (wrong.length > 0) throw new Mistake([...wrong, "next: npm run members -- --help"].join("\n"));
  return { organization, stack, out, force };
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
    throw new Mistake(`${words}\nnext: npm run members -- --help`, { cause: error });
  }
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { runCommand, say } from "../shared/run.ts";

const optionsSchema = z.object({
  stack: z.string().optional(),
  out: z.string().default("members.csv"),
  force: z.boolean().default(false),
});

export function registerMembers(program: Command): void {
  const members = program.command("members").description("The members file of a large organization.");
  members
    .command("export")
    .description("write the members file of an organization that exists: everybody in it, with their roles")
    .argument("[organization]", "its id or its name (default: the organization of the stack)")
    .option(
      "-s, --stack <name>",
      "take the organization, and what to log in with, from this stack as the Pulumi CLI knows it",
    )
    .option("--out <file>", "the file to write, a .csv (default: members.csv)", csvFile)
    .option("--force", "replace the file if it is there")
    .addHelpText(
      "after",
      `
Example: ai-api-access members export org_L941CIyJzLJZI4K4 --out members.csv
Logs in as the auth0 provider does: auth0:domain and the others of the stack's configuration, else AUTH0_DOMAIN,
AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_API_TOKEN. It needs read:organization_members and
read:organization_member_roles, and read:organizations to find an organization by its name.
docs/members.md says more.`,
    )
    .action(async (named: string | undefined, raw: unknown, command: Command) => {
      const { stack, out, force } = optionsSchema.parse(raw);
      if (named === undefined && stack === undefined) {
        command.error(
          "error: got no organization; wants its id or name, or --stack. For example: org_L941CIyJzLJZI4K4",
        );
      }
      const { exportMembers } = await import("@ai-api-access/roster/export.ts");
      const { organizationOfStack, settingsOfStack } = await import("./stack.ts");
      await runCommand(async () => {
        const { organization, people } = await exportMembers({
          settings: stack === undefined ? {} : await settingsOfStack(stack),
          organization: named ?? (await organizationOfStack(stack ?? "")),
          out,
          force,
          onWait: (seconds) => {
            console.error(`waiting ${seconds} s for Auth0's rate limit`);
          },
        });
        say(
          `${out}: ${people === 1 ? "1 person" : `${people.toLocaleString("en-US")} people`} of ${organization}`,
        );
        return 0;
      });
    });
}

function csvFile(file: string): string {
  if (/\.csv$/i.test(file)) return file;
  throw new InvalidArgumentError(`Got ${JSON.stringify(file)}; wants a .csv file, for example members.csv.`);
}

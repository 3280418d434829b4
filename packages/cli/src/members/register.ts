import { type Command } from "commander";
import { z } from "zod";
import type { Run } from "../context.ts";
import { configOption } from "../shared/config-option.ts";
import { providersOption, stackOption } from "../shared/options.ts";

const argumentsSchema = z.object({
  organization: z.string().optional(),
  stack: z.string().optional(),
  out: z.string(),
  force: z.boolean().default(false),
});

export function registerMembers(program: Command, run: Run): void {
  const members = program
    .command("members")
    .description("The people of an organization: in the configuration, or in a file of their own.");
  registerMove(members, run);
  members
    .command("export")
    .description("Write the members file of an organization that exists: everybody in it, with their roles.")
    .argument("[organization]", "its id or its name (default: the organization of the stack)")
    .option(
      "-s, --stack <name>",
      "take the organization, and what to log in with, from this stack as the Pulumi CLI knows it",
    )
    .option("--out <file>", "the file to write, a .csv", "members.csv")
    .option("--force", "replace the file if it is there")
    .addHelpText(
      "after",
      `
Examples: ai-api-access members export org_L941CIyJzLJZI4K4 --out members.csv
          ai-api-access members export --stack dev --out members.csv

Logs in as the auth0 provider does: auth0:domain and the others of the stack's configuration, else AUTH0_DOMAIN,
AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_API_TOKEN. It needs read:organization_members and
read:organization_member_roles, and read:organizations to find an organization by its name.
docs/members.md says more.`,
    )
    .action((organization: unknown, raw: object, command: Command) => {
      const { out, stack, force, ...named } = argumentsSchema.parse({ ...raw, organization });
      const mistakes = [
        ...(named.organization !== undefined || stack !== undefined
          ? []
          : ["got no organization; wants its id or name, or --stack. For example: org_L941CIyJzLJZI4K4"]),
        ...(/\.csv$/i.test(out)
          ? []
          : [`--out: got ${JSON.stringify(out)}; wants a .csv file. For example: members.csv`]),
      ];
      if (mistakes.length > 0) command.error(["error:", ...mistakes].join("\n  "));
      return run(async (context) => {
        const { runExport } = await import("./export.ts");
        return runExport({ organization: named.organization, stack, out, force }, context);
      });
    });
}

function registerMove(members: Command, run: Run): void {
  members
    .command("move")
    .description(
      "Move people between `members` and `membersFile`, to the one that the configuration uses now: print the plan, " +
        "ask, and change the stack's state. Nothing is changed in the tenants.",
    )
    .addOption(stackOption)
    .option("--yes", "do not ask")
    .addOption(configOption)
    .addOption(providersOption)
    .addHelpText(
      "after",
      `
Example: ai-api-access members move --stack dev
Exit codes: 0 all is well, 1 it failed or was not wanted.
docs/members.md says more.`,
    )
    .action((options: unknown) =>
      run(async (context) => {
        const { runMove } = await import("./move-command.ts");
        return runMove(options, context);
      }),
    );
}

/** The ways to keep many organizations in code, each run by the CLI against tenants of its own. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { twinHome, type TwinHome } from "@ai-api-access/local/home.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { writeWhole } from "@ai-api-access/emulator-core/machine/files.ts";
import { announceTenants } from "@ai-api-access/local/tenants/running.ts";
import { serveTenants, type ServedTenants } from "@ai-api-access/local/tenants/serve.ts";
import { stringify } from "yaml";
import { z } from "zod";
import { timed, type TimedRun } from "../kit/processes.ts";
import { oursWith } from "./ours.ts";
import { type Command, openStack, type Project } from "./stack.ts";
import type { Tools } from "./tools.ts";
import { loop, tutorial, tutorialFor } from "./tutorial.ts";

/** Organizations under measurement. */
export interface OrganizationsStack {
  readonly tenants: ServedTenants;
  /** Writes down which organizations there are, for the next command. */
  declare(names: readonly string[]): void;
  run(command: Command): Promise<TimedRun>;
  close(): Promise<void>;
}

const PRE_MADE = "Username-Password-Authentication";

/** What the file of an organization says, in each of our ways. */
const file = (name: string) => ({
  displayName: name,
  connections: [{ existing: PRE_MADE }],
});

/** The people of every new local tenant, with the role that everybody has. */
const PEOPLE = ["a1", "a2", "a3"].map((end) => `auth0|64f0000000000000000000${end},ai-reader`);

/** One stack with a folder of files, and a members file for each if it is asked for. */
export function openFolder(tools: Tools, { withMembers = false } = {}): Promise<OrganizationsStack> {
  const project = (home: TwinHome): string => join(home.project, "organizations");
  return opened(
    oursWith((home) => ({
      "ai-api-access:organization": undefined,
      "ai-api-access:organizationsFolder": project(home),
    })),
    tools,
    (home, names) => {
      rmSync(project(home), { recursive: true, force: true });
      mkdirSync(project(home), { recursive: true });
      for (const name of names) {
        const membersFile = join(project(home), `${name}.csv`);
        if (withMembers) writeWhole(membersFile, ["user,roles", ...PEOPLE, ""].join("\n"));
        const people = withMembers ? { membersFile } : {};
        const content = { ...file(name), ...people, deleteWithStack: true };
        writeWhole(join(project(home), `${name}.yaml`), stringify(content));
      }
    },
  );
}

/** The tutorial's file once more for each organization, all in one stack. */
export function openTutorial(tools: Tools): Promise<OrganizationsStack> {
  return opened(tutorial, tools, (home, names) => {
    const folder = join(home.project, "customers");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeWhole(join(folder, "people.json"), "[]");
    for (const name of names) writeWhole(join(folder, `${name}.ts`), tutorialFor(name));
    writeWhole(
      join(home.project, "index.ts"),
      names.map((name) => `import "./customers/${name}";\n`).join(""),
    );
  });
}

/** The bare loop. */
export function openLoop(tools: Tools): Promise<OrganizationsStack> {
  return opened(loop, tools, (home, names) => {
    writeWhole(join(home.project, "organizations.json"), JSON.stringify(names));
  });
}

async function opened(
  project: Project,
  tools: Tools,
  write: (home: TwinHome, names: readonly string[]) => void,
): Promise<OrganizationsStack> {
  const homes: TwinHome[] = [];
  const stack = await openStack(
    {
      ...project,
      write(home, tenants, its) {
        homes.push(home);
        project.write(home, tenants, its);
        write(home, ["first"]);
      },
    },
    tools,
  );
  return {
    ...stack,
    declare(names) {
      for (const home of homes) write(home, names);
    },
  };
}

const outputsSchema = z.looseObject({ auth0ClientId: z.string(), auth0Audience: z.string() });
const SELF = join(repositoryRoot, "packages", "cli", "src", "main.ts");

/** A base stack on the local tenants, and a stack for each organization, through `ai-api-access fleet`. */
export async function openFleet(): Promise<OrganizationsStack> {
  const home = twinHome(mkdtempSync(join(tmpdir(), "ai-api-access-bench-")));
  const tenants = await serveTenants({ folder: home.tenants, firstPorts: { auth0: 0, okta: 0 } });
  announceTenants(home.tenants, tenants.access);
  const customers = join(home.folder, "customers");
  const env = { AI_API_ACCESS_TWIN: home.folder };
  const cli = (...args: string[]) => timed(process.execPath, [SELF, ...args], { cwd: repositoryRoot, env });
  await cli("local", "up");
  const { output } = await cli("local", "outputs", "--json");
  const { auth0ClientId, auth0Audience } = outputsSchema.parse(JSON.parse(output));
  return {
    tenants,
    declare(names) {
      rmSync(customers, { recursive: true, force: true });
      mkdirSync(customers, { recursive: true });
      for (const name of names) {
        const config = {
          "ai-api-access:organization": { name, ...file(name) },
          "ai-api-access:api": { existing: auth0Audience },
          "ai-api-access:loginApp": { existing: auth0ClientId },
          "ai-api-access:serviceApp": {},
        };
        writeWhole(join(customers, `Pulumi.customer-${name}.yaml`), stringify({ config }));
      }
    },
    run: (command) =>
      cli(
        "fleet",
        command,
        "--twin",
        "--folder",
        customers,
        "--stacks",
        "customer-*",
        ...(command === "destroy" ? ["--yes"] : []),
      ),
    async close() {
      await tenants.close();
      rmSync(home.folder, { recursive: true, force: true });
    },
  };
}

/** A stack under measurement: a project of its own, a pair of tenants of its own, the CLI as a child process. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { twinEnvironment } from "@ai-api-access/local/environment.ts";
import { twinHome, type TwinHome } from "@ai-api-access/local/home.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { serveTenants, type ServedTenants } from "@ai-api-access/local/tenants/serve.ts";
import { type TimedRun, timed } from "../kit/processes.ts";
import type { Tools } from "./tools.ts";

/** What is run. `preview` and `refresh` fail when there is anything to change. */
export type Command = "up" | "preview" | "refresh" | "destroy";

const ARGUMENTS: Readonly<Record<Command, readonly string[]>> = {
  up: ["up", "--yes", "--skip-preview"],
  preview: ["preview", "--expect-no-changes"],
  refresh: ["refresh", "--yes", "--skip-preview", "--expect-no-changes"],
  destroy: ["destroy", "--yes", "--skip-preview"],
};

/** The commands that run the program; the other two work on the state alone. */
const RUNS_PROGRAM: readonly Command[] = ["up", "preview"];

const HOST = join(repositoryRoot, "packages", "testing", "src", "language-host", "main.ts");

/** How one of the stacks is written down as a project. */
export interface Project {
  /** As it stands in the tables. */
  readonly name: string;
  readonly stack: string;
  /** Writes `Pulumi.yaml`, the stack file and what else the project folder needs. */
  write(home: TwinHome, tenants: ServedTenants, tools: Tools): void;
}

export interface MeasuredStack {
  readonly name: string;
  readonly tenants: ServedTenants;
  /** Runs the CLI as a user would, from the start of its process to its end. */
  run(command: Command): Promise<TimedRun>;
  /** Takes tenants, state and project away. */
  close(): Promise<void>;
}

/** Makes the project and its stack, with nothing in it yet. */
export async function openStack(project: Project, tools: Tools): Promise<MeasuredStack> {
  const home = twinHome(mkdtempSync(join(tmpdir(), "ai-api-access-bench-")));
  const tenants = await serveTenants({ folder: home.tenants, firstPorts: { auth0: 0, okta: 0 } });
  const close = async (): Promise<void> => {
    await tenants.close();
    rmSync(home.folder, { recursive: true, force: true });
  };
  try {
    project.write(home, tenants, tools);
    const { engine, providers, languageHost } = tools;
    const options = { cwd: home.project, env: twinEnvironment(home, tenants.access, providers) };
    await timed(engine.command, ["stack", "select", "--create", project.stack], options);
    return {
      name: project.name,
      tenants,
      close,
      run(command) {
        const args = [...ARGUMENTS[command], "--stack", project.stack, "--non-interactive", "--color=never"];
        return languageHost === "bench" && RUNS_PROGRAM.includes(command)
          ? timed(process.execPath, [HOST, engine.command, ...args], options)
          : timed(engine.command, args, options);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

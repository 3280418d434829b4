/** Reads a stack for the doctor: one of real tenants through the Pulumi CLI, the twin's from its home. */
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { execa } from "execa";
import { findEngine } from "@ai-api-access/local/engine/index.ts";
import { openWorkspace } from "@ai-api-access/local/engine/workspace.ts";
import { twinEnvironment } from "@ai-api-access/local/environment.ts";
import { twinHome } from "@ai-api-access/local/home.ts";
import { loadProgram } from "@ai-api-access/local/program.ts";
import { readLocalStack, readStackFiles, STACK, type ConfigValues } from "@ai-api-access/local/project.ts";
import { standIns } from "@ai-api-access/local/providers.ts";
import { ensureTenants } from "@ai-api-access/local/tenants/running.ts";
import { fleetHome } from "../fleet/twin.ts";
import { backendOf, locksOf } from "../shared/stack/backend.ts";
import { isEncrypted } from "../shared/stack/encrypted.ts";
import { readRealStack } from "../shared/stack/real.ts";
import { localSource, sourceOf } from "../shared/stack/source.ts";
import { readState } from "../shared/stack/state.ts";
import type { StoredStack } from "./checks/state.ts";
import type { DoctorInput } from "./input.ts";

type Work = (input: DoctorInput) => Promise<number>;

export interface LocalOptions {
  /** Replaces whole keys of the local stack. */
  readonly config: ConfigValues;
  /** The stack's own name, where it is one of the twin's fleet. */
  readonly fleet?: string | undefined;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A stack of the twin; its tenants are served for the time if they are not yet. */
export async function withLocalStack(
  { config, fleet, say, signal }: LocalOptions,
  work: Work,
): Promise<number> {
  const shared = twinHome();
  const home = fleet === undefined ? shared : fleetHome(shared, fleet);
  const engine = await findEngine({ onProgress: say, signal });
  const tenants = await ensureTenants(shared.tenants, say);
  try {
    const environment = twinEnvironment(home, tenants.access, standIns());
    const { command, version } = engine;
    const known = existsSync(join(home.project, "Pulumi.yaml"));
    const state = known
      ? await readState({ command, folder: home.project, name: STACK, environment })
      : undefined;
    return await work({
      name: fleet ?? STACK,
      nameInUrns: STACK,
      project: readLocalStack().projectName,
      // It is the only one of its home.
      outputsOf: () => Promise.resolve({}),
      program: await loadProgram(),
      source: localSource(tenants.access, config),
      tools: { node: process.versions.node, pulumi: { command, version }, needsLanguageHost: false },
      // Its lock is the business of the commands of the local stack, which free it themselves.
      ...kept(state && { state, locks: [] }),
    });
  } finally {
    await tenants.close();
  }
}

export interface RealOptions {
  readonly name: string;
  /** The folder of `Pulumi.yaml`. */
  readonly folder: string;
}

/** A stack of real tenants. Without a Pulumi CLI its files are read, and what only the CLI can read is left open. */
export async function withRealStack({ name, folder }: RealOptions, work: Work): Promise<number> {
  const command = findCommand("pulumi");
  const node = await nodeOnPath();
  const common = { name, program: await loadProgram() };
  if (command === undefined) {
    const { projectName, config } = readStackFiles(folder, `Pulumi.${name}.yaml`);
    const encrypted = Object.keys(config).filter((key) => isEncrypted(config[key]));
    const readable = Object.entries(config).filter(([key]) => !encrypted.includes(key));
    return work({
      ...common,
      project: projectName,
      source: sourceOf(
        Object.fromEntries(readable.map(([key, value]) => [key, { value: textOf(value), secret: false }])),
      ),
      tools: { node, pulumi: undefined, needsLanguageHost: true },
      encrypted,
      state: new Map(),
    });
  }
  const pulumi = await PulumiCommand.get({ skipVersionCheck: true });
  const { project, config, outputsOf } = await readRealStack({ name, folder, pulumi });
  const state = await readState({ command, folder, name });
  const workspace = await openWorkspace({ workDir: folder, pulumiCommand: pulumi });
  const locks = await locksOf(workspace, await backendOf(workspace), { name, project });
  return work({
    ...common,
    project,
    outputsOf,
    source: sourceOf(config),
    tools: { node, pulumi: { command, version: String(pulumi.version) }, needsLanguageHost: true },
    ...kept(state && { state, locks }),
  });
}

function kept(stored: StoredStack | undefined): Pick<DoctorInput, "state" | "stored"> {
  return { state: new Map(stored?.state.resources.map(({ urn, id }) => [urn, id])), stored };
}

/** A value as the engine hands it to the program. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The version of the Node that the CLI's language host starts; npm puts the project's own before it. */
async function nodeOnPath(): Promise<string | undefined> {
  const command = findCommand("node", (folder) => !/[\\/]node_modules[\\/]\.bin[\\/]?$/.test(folder));
  if (command === undefined) return undefined;
  const { stdout } = await execa(command, ["--version"], { reject: false });
  return stdout.trim().replace(/^v/, "");
}

/** The absolute path of a command on PATH. */
function findCommand(name: string, isMeant: (folder: string) => boolean = () => true): string | undefined {
  const file = process.platform === "win32" ? `${name}.exe` : name;
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter(isMeant)
    .map((folder) => resolve(folder, file))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Reads a stack for the doctor: one of real tenants through the Pulumi CLI, the twin's from its home. */
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { findEngine } from "@ai-api-access/local/engine/index.ts";
import { twinEnvironment } from "@ai-api-access/local/environment.ts";
import { twinHome } from "@ai-api-access/local/home.ts";
import { loadProgram } from "@ai-api-access/local/program.ts";
import { readLocalStack, STACK, type ConfigValues } from "@ai-api-access/local/project.ts";
import { standIns } from "@ai-api-access/local/providers.ts";
import { ensureTenants } from "@ai-api-access/local/tenants/running.ts";
import { backendOf, locksOf } from "../shared/stack/backend.ts";
import { readRealStack } from "../shared/stack/real.ts";
import { localSource, sourceOf } from "../shared/stack/source.ts";
import { readState } from "../shared/stack/state.ts";
import type { StoredStack } from "./checks/state.ts";
import type { DoctorInput } from "./input.ts";
import type { Tools } from "./tools.ts";

type Work = (input: DoctorInput | undefined, tools?: Tools) => Promise<number>;

export interface LocalOptions {
  readonly config: ConfigValues;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** The twin's stack; its tenants are served for the time if they are not yet. */
export async function withLocalStack({ config, say, signal }: LocalOptions, work: Work): Promise<number> {
  const home = twinHome();
  const engine = await findEngine({ onProgress: say, signal });
  const tenants = await ensureTenants(home.tenants, say);
  try {
    const environment = twinEnvironment(home, tenants.access, standIns());
    const { command, version } = engine;
    const known = existsSync(join(home.project, "Pulumi.yaml"));
    const state = known
      ? await readState({ command, folder: home.project, name: STACK, environment })
      : undefined;
    return await work({
      name: STACK,
      project: readLocalStack().projectName,
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

/** A stack of real tenants; without a Pulumi CLI there is nothing to be read, and only the tools are looked at. */
export async function withRealStack({ name, folder }: RealOptions, work: Work): Promise<number> {
  const command = onPath("pulumi");
  const node = process.versions.node;
  if (command === undefined) return work(undefined, { node, pulumi: undefined, needsLanguageHost: true });
  const pulumi = await PulumiCommand.get({ skipVersionCheck: true });
  const tools: Tools = {
    node,
    pulumi: { command, version: String(pulumi.version) },
    needsLanguageHost: true,
  };
  const { project, config } = await readRealStack({ name, folder, pulumi });
  const state = await readState({ command, folder, name });
  const workspace = await LocalWorkspace.create({ workDir: folder, pulumiCommand: pulumi });
  const locks = await locksOf(workspace, await backendOf(workspace), { name, project });
  return work({
    name,
    project,
    program: await loadProgram(),
    source: sourceOf(config),
    tools,
    ...kept(state && { state, locks }),
  });
}

function kept(stored: StoredStack | undefined): Pick<DoctorInput, "state" | "stored"> {
  return { state: new Map(stored?.state.resources.map(({ urn, id }) => [urn, id])), stored };
}

/** The absolute path of a command on PATH. */
function onPath(name: string): string | undefined {
  const file = process.platform === "win32" ? `${name}.exe` : name;
  return (process.env.PATH ?? "")
    .split(delimiter)
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

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import type { TwinHome } from "@ai-api-access/local/home.ts";
import { providerConfig, readLocalStack, STACK, writeProject } from "@ai-api-access/local/project.ts";
import type { ConfigValues } from "@ai-api-access/local/project.ts";
import { writeWhole } from "@ai-api-access/emulator-core/machine/files.ts";
import type { Project } from "./stack.ts";

/**
 * This repository's stack as its `Pulumi.local.yaml` declares it, run from `index.ts` by the language host.
 *
 * @param changed gives keys of its config that are other ones
 */
export function oursWith(changed: (home: TwinHome) => ConfigValues): Project {
  return {
    name: "this stack",
    stack: STACK,
    write(home, tenants, { providers }) {
      const config = { ...readLocalStack(changed(home)).config, ...providerConfig(tenants.access) };
      writeProject(home, config, providers);
      // The project is a generated one; the program stays where it is.
      const file = join(home.project, "Pulumi.yaml");
      const project = z.looseObject({}).parse(parse(readFileSync(file, "utf8")));
      writeWhole(file, stringify({ ...project, main: repositoryRoot }));
    },
  };
}

export const ours: Project = oursWith(() => ({}));

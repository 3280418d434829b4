import { copyFileSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { providerConfig } from "@ai-api-access/local/project.ts";
import { writeWhole } from "@ai-api-access/emulator-core/machine/files.ts";
import type { Project } from "./stack.ts";

const STACK = "dev";

/** The same stack as a tutorial would write it: one file, hard-coded values, the template's TypeScript settings. */
export const tutorial = handWritten("tutorial way", "tutorial");

/** The tutorial's file for another organization: names that have to be its own are. */
export function tutorialFor(name: string): string {
  const source = readFileSync(join(import.meta.dirname, "..", "tutorial", "index.ts"), "utf8");
  return source
    .replaceAll(/\bnew (?:auth0|okta)\.[\w.]+\(\s*"/g, (begin) => `${begin}${name}-`)
    .replaceAll("my-awesome-company", name)
    .replaceAll("https://ai.example.com", `https://${name}.example.com`)
    .replaceAll(/name: "(ai-(?:reader|editor))"/g, `name: "${name}-$1"`)
    .replaceAll("AI Service OAuth App", `AI Service OAuth App of ${name}`);
}

/** Many organizations in a loop, and nothing else. */
export const loop = handWritten("bare loop", "loop");

/** A program that loads the SDK and declares nothing: what the engine, its language host and the SDK take. */
export const empty = handWritten("the SDK alone", "empty");

/** A program of `bench/` in one file, beside its data. */
function handWritten(name: string, folder: string): Project {
  const source = join(import.meta.dirname, "..", folder);
  return {
    name,
    stack: STACK,
    write(home, tenants, { providers }) {
      for (const file of readdirSync(source)) {
        if (file !== "Pulumi.yaml") copyFileSync(join(source, file), join(home.project, file));
      }
      // The very same packages, found where those of a project are.
      symlinkSync(join(repositoryRoot, "node_modules"), join(home.project, "node_modules"), "junction");

      const project = z.looseObject({}).parse(parse(readFileSync(join(source, "Pulumi.yaml"), "utf8")));
      const plugins = providers.paths.length === 0 ? {} : { plugins: { providers: providers.paths } };
      writeWhole(join(home.project, "Pulumi.yaml"), stringify({ ...project, ...plugins }));
      writeWhole(
        join(home.project, `Pulumi.${STACK}.yaml`),
        stringify({ config: providerConfig(tenants.access) }),
      );
    },
  };
}

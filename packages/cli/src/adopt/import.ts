import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openWorkspace } from "@ai-api-access/local/engine/workspace.ts";
import { Stack } from "@pulumi/pulumi/automation/index.js";
import { stringify } from "yaml";
import { z } from "zod";
import { serveIdleProgram } from "./idle-program.ts";
import type { ImportFile } from "./import-file.ts";

/** What of a project names files by paths from its own folder. */
const projectSchema = z.looseObject({
  plugins: z.looseObject({ providers: z.array(z.looseObject({ path: z.string() })).default([]) }).optional(),
  backend: z.looseObject({ url: z.string().optional() }).optional(),
});

/**
 * Runs `pulumi import --file` for a stack, in a copy of its project that has an idle program in place of its own.
 *
 * @throws CommandError when the engine could not import everything; then nothing of it is in the state that was not
 *   read in full
 */
export async function importInto(stack: Stack, { nameTable, resources }: ImportFile): Promise<void> {
  const { workspace, name } = stack;
  const folder = mkdtempSync(join(tmpdir(), "ai-api-access-adopt-"));
  const program = await serveIdleProgram();
  try {
    const project = projectSchema.parse(await workspace.projectSettings());
    const { url } = project.backend ?? {};
    const settings = {
      ...project,
      runtime: { name: "client", options: { address: program.address } },
      ...(project.plugins && {
        plugins: {
          ...project.plugins,
          providers: project.plugins.providers.map((plugin) => ({
            ...plugin,
            path: resolve(workspace.workDir, plugin.path),
          })),
        },
      }),
      ...(url?.startsWith("file://.") && {
        backend: {
          ...project.backend,
          url: `file://${resolve(workspace.workDir, url.slice("file://".length))}`,
        },
      }),
    };
    writeFileSync(join(folder, "Pulumi.yaml"), stringify(settings), { mode: 0o600 });
    const stackFile = `Pulumi.${name.split("/").at(-1) ?? name}.yaml`;
    const own = join(workspace.workDir, stackFile);
    if (existsSync(own)) copyFileSync(own, join(folder, stackFile));

    const { pulumiHome, envVars } = workspace;
    const copy = await openWorkspace({
      workDir: folder,
      pulumiCommand: workspace.pulumiCommand,
      envVars,
      ...(pulumiHome !== undefined && { pulumiHome }),
    });
    const there = await Stack.select(name, copy);
    await there.import({
      nameTable,
      resources,
      protect: false,
      generateCode: false,
    });
  } finally {
    program.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

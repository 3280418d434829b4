import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const projectSchema = z.object({
  runtime: z.union([
    z.string().transform(() => ({})),
    z
      .object({
        options: z
          .object({ typescript: z.boolean(), tsconfig: z.string(), nodeargs: z.string() })
          .partial()
          .default({}),
      })
      .transform(({ options }) => options),
  ]),
});

/** What `runtime.options` of a `Pulumi.yaml` says, as far as it matters for how the program is run. */
export interface RuntimeOptions {
  /** Whether the SDK runs it with ts-node, which is the default. */
  readonly typescript?: boolean | undefined;
  readonly tsconfig?: string | undefined;
  /** Flags for node. */
  readonly nodeargs?: string | undefined;
}

/**
 * The runtime options of a project. The engine does not hand them to a language host that it was asked to connect
 * to (`--client`), so they are read from the file.
 *
 * @param folder of the `Pulumi.yaml`
 */
export function runtimeOptions(folder: string): RuntimeOptions {
  return projectSchema.parse(parse(readFileSync(join(folder, "Pulumi.yaml"), "utf8"))).runtime;
}

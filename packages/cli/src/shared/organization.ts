import type { StackConfig } from "@ai-api-access/local/program.ts";

/** An organization of a stack. */
export type Organization = StackConfig["organizations"][number];

/** The logical name of a part of it, as `src/organization.ts` gives it. */
export function logicalName({ file }: Organization, part: "organization" | "members"): string {
  return file === undefined ? part : `${file.name}.${part}`;
}

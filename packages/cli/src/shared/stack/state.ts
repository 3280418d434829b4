import { UserError } from "@ai-api-access/user-error";
import { execa } from "execa";
import { z } from "zod";
import { stateSchema } from "@ai-api-access/local/recovery/state.ts";

/** URNs of what is in a stack's state, with the id of each; a component has none. */
export type StateIds = ReadonlyMap<string, string | undefined>;

const exportSchema = z.object({ deployment: stateSchema.nullish() });

export interface StateOptions {
  /** The Pulumi CLI. */
  readonly command: string;
  readonly folder: string;
  readonly name: string;
  /** For the CLI, over this process's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Reads which resources a stack has, secrets left encrypted. A stack that does not exist has none.
 *
 * @throws UserError with the CLI's own words
 */
export async function readStateIds({ command, folder, name, environment }: StateOptions): Promise<StateIds> {
  const { failed, stdout, stderr } = await execa(
    command,
    ["stack", "export", "--stack", name, "--non-interactive"],
    { cwd: folder, ...(environment && { env: environment }), reject: false, stdin: "ignore" },
  );
  if (failed) {
    if (stderr.includes("no stack named")) return new Map();
    throw new UserError(`The Pulumi CLI says: ${stderr.trim()}`);
  }
  const { deployment } = exportSchema.parse(JSON.parse(stdout));
  return new Map((deployment?.resources ?? []).map(({ urn, id }) => [urn, id]));
}

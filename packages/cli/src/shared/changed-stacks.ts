/** Which stacks a change concerns: by their own files, and by the files that those name. */
import { readdirSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { readStackFiles, type ConfigValues } from "@ai-api-access/local/project.ts";
import { readYaml } from "@ai-api-access/local/yaml-file.ts";
import { UserError } from "@ai-api-access/user-error";
import { z } from "zod";
import { changedFiles, type Commit } from "./git.ts";

const STACK_FILE = /^Pulumi\.(.+)\.yaml$/;

/** `dev` of `Pulumi.dev.yaml`. */
export function stackOfFile(file: string): string | undefined {
  return STACK_FILE.exec(file)?.[1];
}

export interface StackFiles {
  /** The folder of `Pulumi.yaml`, where paths in configurations begin. */
  readonly repository: string;
  /** Where the stacks' files are; `repository` where nobody says it. */
  readonly folder?: string;
}

/**
 * The stacks whose file, members file or organization's file differs between a commit and the working tree, each with
 * those files, as the repository names them. A file that git does not keep counts as changed.
 *
 * @returns by name; a stack whose own file is gone is among them
 * @throws UserError when the files are outside of the repository
 */
export async function changedStacks(
  { repository, folder = repository }: StackFiles,
  commit: Commit,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const within = pathIn(repository, folder);
  if (within === undefined) throw new UserError(`${folder} is not in the repository ${repository}.`);
  const stacks = valuesOfStacks({ repository, folder });
  const named = new Map([...stacks].map(([name, values]) => [name, filesIn(values, repository)]));
  const inside = [...named.values()].flat().filter((file) => pathIn(repository, file) !== undefined);
  const all = await changedFiles(repository, commit);
  const asked = inside.length === 0 ? [] : await changedFiles(repository, commit, inside);

  const changed = new Map<string, string[]>();
  const add = (name: string, file: string) => changed.set(name, [...(changed.get(name) ?? []), file]);
  for (const file of all) {
    const own = relative(within, file);
    const name = stackOfFile(own);
    if (name !== undefined) add(name, file);
  }
  for (const [name, files] of named) {
    for (const file of files) {
      const found = asked.filter((one) => one === file || one.startsWith(`${file}/`));
      for (const one of pathIn(repository, file) === undefined ? [file] : found) add(name, one);
    }
  }
  return changed;
}

/** What the file of each stack says, by the stack's name; of one that is no YAML, nothing. */
export function valuesOfStacks({ repository, folder = repository }: StackFiles): Map<string, ConfigValues> {
  const files = readdirSync(folder).flatMap((file) => {
    const name = stackOfFile(file);
    return name === undefined ? [] : [[name, join(folder, file)] as const];
  });
  return new Map(
    files.map(([name, file]) => [name, tried(() => ownValues(readStackFiles(repository, file))) ?? {}]),
  );
}

/** The program's own values, without the project's name before their keys. */
function ownValues({ projectName, config }: ReturnType<typeof readStackFiles>): ConfigValues {
  const namespace = `${projectName}:`;
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) =>
      key.startsWith(namespace) ? [[key.slice(namespace.length), value] as const] : [],
    ),
  );
}

const path = z.string().min(1).optional().catch(undefined);
const organizationSchema = z.object({ membersFile: path }).catch({ membersFile: undefined });
const namedSchema = z.object({
  organization: organizationSchema.optional(),
  organizationsFolder: path,
});

/** The files and folders that a stack's values name, from the repository. */
function filesIn(values: ConfigValues, repository: string): string[] {
  const { organization, organizationsFolder: organizations } = namedSchema.parse(values);
  const each = Object.values(organizationFilesOf(repository, organizations));
  const members = [organization, ...each.map((one) => organizationSchema.parse(one))];
  const named = [organizations, ...members.map((one) => one?.membersFile)];
  return named.flatMap((file) =>
    file === undefined ? [] : [relative(repository, resolve(repository, file)).replaceAll("\\", "/")],
  );
}

/** What each file of `organizationsFolder` says, by its name; one that is no YAML says nothing. */
export function organizationFilesOf(root: string, folder: unknown): Record<string, unknown> {
  if (typeof folder !== "string") return {};
  const names = tried(() => readdirSync(resolve(root, folder))) ?? [];
  return Object.fromEntries(
    names
      .filter((name) => /\.ya?ml$/i.test(name))
      .map((name) => [name, tried(() => readYaml(resolve(root, folder, name), name))]),
  );
}

function tried<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** A path from the repository; undefined for one outside of it. */
function pathIn(repository: string, file: string): string | undefined {
  const found = relative(repository, resolve(repository, file));
  return found === ".." || /^\.\.[\\/]/.test(found) || isAbsolute(found) ? undefined : found;
}

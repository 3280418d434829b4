/**
 * A fleet on the local twin: one pair of tenants, and for each organization a home of its own with its stack. The
 * organizations are the files `Pulumi.NAME.yaml`, of which everything counts but the providers' own keys.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { z } from "zod";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { twinHome, type TwinHome } from "@ai-api-access/local/home.ts";
import { mistakesIn, type Program } from "@ai-api-access/local/program.ts";
import { inPlaceOfLocal, readLocalStack, type ConfigValues } from "@ai-api-access/local/project.ts";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";
import { readYaml } from "@ai-api-access/local/yaml-file.ts";
import { announceTenants } from "@ai-api-access/local/tenants/running.ts";
import { SELF } from "../shared/self.ts";
import { inPlaceOfLocalStack } from "../shared/stack/words.ts";
import { fits, noneFits } from "./names.ts";
import { typed, type FleetStack } from "./stack.ts";

export interface TwinFleetOptions {
  /** Config by the name of the stack; `undefined` takes a key of the local stack out. */
  readonly configs: ReadonlyMap<string, ConfigValues>;
  /** Where the homes are. */
  readonly folder: string;
  /** The tenants of all of them. */
  readonly access: TenantAccess;
  readonly program: Program;
  /** The kind of provider plugins. */
  readonly providers?: string | undefined;
}

/** The home of one stack of the twin's fleet. */
export function fleetHome(shared: TwinHome, name: string): TwinHome {
  return twinHome(join(fleetFolder(shared), name));
}

/** Where the homes of the twin's fleet are. */
export function fleetFolder({ folder }: TwinHome): string {
  return join(folder, "fleet");
}

/** @throws UserError with the mistakes of every configuration */
export function twinFleet({ configs, folder, access, program, providers }: TwinFleetOptions): FleetStack[] {
  const mistakes = [...configs].flatMap(([name, config]) => describeMistakes(program, name, config));
  if (mistakes.length > 0) throw new UserError(mistakes.join("\n\n"));
  return [...configs].map(([name, config]) => ({
    name,
    async run(command, signal) {
      const home = twinHome(join(folder, name));
      announceTenants(home.tenants, access);
      const replaced = Object.entries(config).flatMap(([key, value]) => [
        "-c",
        `${key}=${value === undefined ? "" : JSON.stringify(value)}`,
      ]);
      const kind = providers === undefined ? [] : ["--providers", providers];
      const env = { AI_API_ACCESS_TWIN: home.folder };
      const args = [SELF, "local", command, ...kind, ...replaced];
      const { code, output } = await typed(
        { file: process.execPath, args, cwd: repositoryRoot, env },
        signal,
      );
      return { code, output: inPlaceOfLocalStack(output, name) };
    },
  }));
}

function describeMistakes(program: Program, name: string, config: ConfigValues): string[] {
  const mistakes = mistakesIn(program, readLocalStack(config).config);
  if (mistakes.length === 0) return [];
  return [`Pulumi.${name}.yaml: ${new program.ConfigError(mistakes, name).message}`];
}

const stackFileSchema = z.looseObject({ config: z.record(z.string(), z.unknown()).default({}) });

/**
 * The configs of a folder's stack files that fit a glob.
 *
 * @throws UserError when none does
 */
export function configsOf(folder: string, stacks: string): Map<string, ConfigValues> {
  const names = readdirSync(folder).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  const fitting = names.filter((name) => fits(name, stacks)).toSorted();
  if (fitting.length === 0) throw noneFits(stacks, names);
  return new Map(
    fitting.map((name) => {
      const file = `Pulumi.${name}.yaml`;
      const own = Object.entries(
        stackFileSchema.parse(readYaml(join(folder, file), file) ?? {}).config,
      ).filter(([key]) => !/^(?:auth0|okta):/.test(key));
      return [name, inPlaceOfLocal(Object.fromEntries(own))];
    }),
  );
}

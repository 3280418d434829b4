/**
 * A fleet on the local twin: one pair of tenants, and for each organization a home of its own with its stack. The
 * organizations are the files `Pulumi.NAME.yaml`, of which everything counts but the providers' own keys.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { parse } from "yaml";
import { z } from "zod";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { twinHome } from "@ai-api-access/local/home.ts";
import { checkedConfig, type Program } from "@ai-api-access/local/program.ts";
import { readLocalStack, type ConfigValues } from "@ai-api-access/local/project.ts";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";
import { announceTenants } from "@ai-api-access/local/tenants/running.ts";
import { SELF } from "../shared/self.ts";
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

/** @throws UserError with the mistakes of every configuration */
export function twinFleet({ configs, folder, access, program, providers }: TwinFleetOptions): FleetStack[] {
  const mistakes = [...configs].flatMap(([name, config]) => mistakesIn(program, name, config));
  if (mistakes.length > 0) throw new UserError(mistakes.join("\n\n"));
  return [...configs].map(([name, config]) => ({
    name,
    run(command, signal) {
      const home = twinHome(join(folder, name));
      announceTenants(home.tenants, access);
      const replaced = Object.entries(config).flatMap(([key, value]) => [
        "-c",
        `${key}=${value === undefined ? "" : JSON.stringify(value)}`,
      ]);
      const kind = providers === undefined ? [] : ["--providers", providers];
      const env = { AI_API_ACCESS_TWIN: home.folder };
      return typed(
        {
          file: process.execPath,
          args: [SELF, "local", command, ...kind, ...replaced],
          cwd: repositoryRoot,
          env,
        },
        signal,
      );
    },
  }));
}

function mistakesIn(program: Program, name: string, config: ConfigValues): string[] {
  try {
    checkedConfig(program, { "auth0:domain": "localhost", ...readLocalStack(config).config });
    return [];
  } catch (error) {
    if (!(error instanceof program.ConfigError)) throw error;
    return [`Pulumi.${name}.yaml: ${error.message}`];
  }
}

/** What an organization that says nothing of it does not take from the local stack. */
const NOT_SHARED: ConfigValues = {
  "ai-api-access:loginApp": undefined,
  "ai-api-access:customDomain": undefined,
  "ai-api-access:roles": [],
  "ai-api-access:members": [],
};

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
      const file: unknown = parse(readFileSync(join(folder, `Pulumi.${name}.yaml`), "utf8"));
      const own = Object.entries(stackFileSchema.parse(file ?? {}).config).filter(
        ([key]) => !/^(?:auth0|okta):/.test(key),
      );
      return [name, { ...NOT_SHARED, ...Object.fromEntries(own) }];
    }),
  );
}

/** The life of the local stack on the real engine: up, preview, refresh, destroy, outputs. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Stack } from "@pulumi/pulumi/automation/index.js";
import { mendCheckpoint } from "@ai-api-access/recovery";
import { UserError } from "@ai-api-access/user-error";
import { execa } from "execa";
import { z } from "zod";
import { change, type Changes } from "./engine/change.ts";
import { guarded } from "./engine/guard/index.ts";
import type { Engine } from "./engine/index.ts";
import { openWorkspace } from "./engine/workspace.ts";
import { exitCodeOf, wasKilled } from "./errors.ts";
import { twinEnvironment } from "./environment.ts";
import type { TwinHome } from "./home.ts";
import { checkedConfig, type Program } from "./program.ts";
import { providerConfig, readLocalStack, STACK, writeProject, type ConfigValues } from "./project.ts";
import type { Providers } from "./providers.ts";
import { Finish } from "./recovery/finish.ts";
import { UnfinishedChange } from "./recovery/marks.ts";
import type { TenantAccess } from "./tenants/access.ts";

const outputsSchema = z.record(z.string(), z.unknown());

export type Command = "up" | "preview" | "refresh" | "destroy";

export interface TwinOptions {
  readonly home: TwinHome;
  readonly engine: Engine;
  readonly program: Program;
  readonly providers: Providers;
  readonly access: TenantAccess;
  /** Replaces whole keys of the local stack's config; `undefined` takes a key out. */
  readonly config?: ConfigValues;
  /** What encrypts the secrets of a stack that is made now, as Pulumi names it; by default the home's passphrase. */
  readonly secretsProvider?: string;
}

export interface RunOptions {
  /** The engine's own output, as it comes. */
  readonly onOutput?: (text: string) => void;
  /** Ends the run as Ctrl-C does: what is under way is finished and saved. */
  readonly signal?: AbortSignal;
  /** Reads the real state first (`up`, `preview`). */
  readonly refresh?: boolean;
  readonly color?: "always" | "never";
  /** Shows every property that changes. */
  readonly diff?: boolean;
  /** Leaves the outputs out of the engine's own report. */
  readonly suppressOutputs?: boolean;
  /** Destroys all but what is protected. */
  readonly excludeProtected?: boolean;
  /** Goes on with what does not depend on a resource that failed (`up`, `destroy`). */
  readonly continueOnError?: boolean;
}

export interface Twin {
  readonly stack: Stack;
  /** @throws UserError with the CLI's exit code when the run failed; the engine has said why. */
  run(command: Command, options?: RunOptions): Promise<Changes>;
  /** The outputs by name, every secret masked by the engine, also inside objects, unless asked for. */
  outputs(showSecrets?: boolean): Promise<Readonly<Record<string, unknown>>>;
  /** Exists when the last change was cut short, so that state and tenants may differ. */
  readonly unfinished: UnfinishedChange;
}

/**
 * Opens the local stack: generates its project, selects or makes the stack.
 *
 * @throws the program's `ConfigError` for mistakes in the config, before anything else happens
 */
export async function openTwin(options: TwinOptions): Promise<Twin> {
  const { home, engine, program, providers, access, secretsProvider } = options;
  const declared = readLocalStack(options.config);
  const config = { ...declared.config, ...providerConfig(access) };
  const stackConfig = checkedConfig(program, config);
  writeProject(home, config, providers);
  const env = twinEnvironment(home, access, providers);
  mendCheckpoint({ folder: home.state, project: declared.projectName, stack: STACK });
  const workspace = await openWorkspace({
    program: () => program.declareStack(stackConfig),
    workDir: home.project,
    pulumiCommand: guarded(engine),
    envVars: env,
    ...(secretsProvider === undefined ? {} : { secretsProvider }),
  });
  const file = join(home.state, ".pulumi", "stacks", declared.projectName, `${STACK}.json`);
  const stack = await (existsSync(file) ? Stack.select(STACK, workspace) : Stack.create(STACK, workspace));

  const unfinished = new UnfinishedChange(home.unfinishedFile, access);
  return {
    stack,
    async outputs(showSecrets = false) {
      // The Automation API knows of a secret only when the whole output is one.
      const args = [
        "stack",
        "output",
        "--json",
        "--stack",
        STACK,
        ...(showSecrets ? ["--show-secrets"] : []),
      ];
      const { failed, stdout, stderr } = await execa(engine.command, args, {
        cwd: home.project,
        env,
        reject: false,
      });
      if (failed) throw new UserError(`The outputs could not be read: ${stderr}`);
      return outputsSchema.parse(JSON.parse(stdout));
    },
    unfinished,
    async run(
      command,
      {
        onOutput,
        signal,
        refresh,
        color = "never",
        diff,
        suppressOutputs,
        excludeProtected,
        continueOnError = false,
      } = {},
    ) {
      const common = {
        color,
        ...(onOutput === undefined ? {} : { onOutput }),
        ...(signal === undefined ? {} : { signal }),
        ...(refresh === undefined ? {} : { refresh }),
        ...(diff === undefined ? {} : { diff }),
        ...(suppressOutputs === undefined ? {} : { suppressOutputs }),
      };
      try {
        if (command === "preview") return (await stack.preview(common)).changeSummary;
        await unfinished.begin();
        const finish = new Finish(unfinished, access);
        const changes = await change(stack, command, {
          ...common,
          ...(command === "up" ? { onEvent: finish.follow } : {}),
          ...(command === "destroy" && excludeProtected ? { excludeProtected } : {}),
          ...(continueOnError ? { continueOnError } : {}),
        });
        await finish.end((line) => onOutput?.(`${line}\n`));
        return changes;
      } catch (error) {
        const words = wasKilled(error)
          ? "The engine was killed. `npm start` goes on from here."
          : `pulumi ${command} did not succeed; the engine says why above.`;
        throw new UserError(words, { exitCode: exitCodeOf(error), cause: error });
      }
    },
  };
}

/** What a stack's last update left behind: its outputs, and the keys that its app has. */
import { oktaTypes } from "@ai-api-access/resource-catalog";
import { UserError } from "@ai-api-access/user-error";
import { z } from "zod";
import { STACK } from "@ai-api-access/local/project.ts";
import type { Twin } from "@ai-api-access/local/twin.ts";
import { run } from "../shared/command.ts";

const outputsSchema = z.object({
  clientId: z.string(),
  oktaTokenEndpoint: z.url(),
  oktaScopes: z.array(z.string()).min(1),
});
export type Outputs = z.output<typeof outputsSchema>;

const stateSchema = z.object({
  deployment: z
    .object({
      resources: z
        .array(
          z.object({
            type: z.string(),
            inputs: z.looseObject({ jwks: z.array(z.object({ kid: z.string() })).default([]) }).optional(),
          }),
        )
        .default([]),
    })
    .nullish(),
});

/** What is to be known of a deployed stack. */
export interface Deployed {
  /** @throws UserError when the stack is not up */
  outputs(): Promise<Outputs>;
  /** Ids of the public keys that the last update gave to the service app. */
  kids(): Promise<string[]>;
}

export interface DeployedOptions {
  readonly stack: string;
  /** The folder of `Pulumi.yaml`. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** The twin's stack through its own engine, any other through the Pulumi CLI on PATH. */
export function deployed(options: DeployedOptions): Deployed {
  const { stack } = options;
  return {
    async outputs() {
      const raw = stack === STACK ? await twinOutputs(options) : await pulumi(options, "output", "--json");
      const parsed = outputsSchema.safeParse(raw);
      if (parsed.success) return parsed.data;
      throw new UserError(
        `Stack ${stack} is not up: it has no clientId and token endpoint. ${upCommand(stack)}`,
      );
    },
    async kids() {
      const raw = stack === STACK ? await twinState(options) : await pulumi(options, "export");
      const { deployment } = stateSchema.parse(raw);
      const apps = (deployment?.resources ?? []).filter(({ type }) => type === oktaTypes.app.token);
      return apps.flatMap(({ inputs }) => inputs?.jwks ?? []).map(({ kid }) => kid);
    },
  };
}

/** What brings a stack's file to its tenants. */
export function upCommand(stack: string): string {
  return stack === STACK ? "npm start" : `pulumi up --stack ${stack}`;
}

const aside = (line: string): void => {
  console.error(line);
};

function twinOutputs(options: DeployedOptions): Promise<unknown> {
  return onTwin(options, (twin) => twin.outputs());
}

function twinState(options: DeployedOptions): Promise<unknown> {
  return onTwin(options, (twin) => twin.stack.exportStack());
}

async function onTwin<T>({ signal }: DeployedOptions, work: (twin: Twin) => Promise<T>): Promise<T> {
  // The engine's SDK takes seconds to load, and the other steps do without it.
  const { inSession } = await import("@ai-api-access/local/session.ts");
  return inSession({ say: aside, signal }, work);
}

async function pulumi({ stack, folder, signal }: DeployedOptions, ...args: string[]): Promise<unknown> {
  const ended = await run("pulumi", ["stack", ...args, "--stack", stack, "--non-interactive"], {
    cwd: folder,
    signal,
  }).catch((error: unknown) => {
    throw new UserError("The Pulumi CLI (pulumi) is not on PATH: https://www.pulumi.com/docs/install/", {
      cause: error,
    });
  });
  if (ended.code !== 0) throw new UserError(`Pulumi cannot tell of stack ${stack}:\n${ended.all.trim()}`);
  return JSON.parse(ended.stdout);
}

import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { unwrap } from "../components/checks/field.ts";
import { configSchema } from "./schema.ts";

/** Where the configuration of a stack comes from: plain data, so that it can be checked without Pulumi. */
export interface ConfigSource {
  /** The project's name, which is the namespace of its keys; `ai-api-access` where nobody says it. */
  readonly project?: string | undefined;
  /** "namespace:key" to its raw value; objects and lists as JSON text, secrets decrypted. */
  readonly values: Readonly<Record<string, string>>;
  /** The "namespace:key" names that were given as secrets. */
  readonly secretKeys: readonly string[];
  /** The folder of `Pulumi.yaml`, for files that the configuration names; the working directory where nobody says it. */
  readonly folder?: string | undefined;
  /** Environment variables: the providers read some of their settings from there. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The namespace that the words of this program's rules are written with. */
export const DEFAULT_PROJECT = "ai-api-access";

/** The SDK says "" where no project is running. */
export function projectOf({ project = "" }: ConfigSource): string {
  return project === "" ? DEFAULT_PROJECT : project;
}

const keyList = z.array(z.string()).catch([]);

/** Which keys are secret. The language host says so in PULUMI_CONFIG_SECRET_KEYS; there is no public call for it. */
function secretKeysOfLanguageHost(): string[] {
  const text = process.env.PULUMI_CONFIG_SECRET_KEYS;
  if (text === undefined || text === "") return [];
  try {
    return keyList.parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/** The configuration of the Pulumi program that is running, as the language host hands it over. */
export function pulumiConfigSource(): ConfigSource {
  return {
    project: pulumi.getProject(),
    values: { ...pulumi.runtime.allConfig() },
    secretKeys: secretKeysOfLanguageHost(),
    environment: process.env,
  };
}

/** The values of the program's own keys, by name. An empty object or text is the same as a key that is not there. */
export function ownValues(source: ConfigSource): Record<string, unknown> {
  const namespace = `${projectOf(source)}:`;
  const values: Record<string, unknown> = {};
  for (const [key, raw] of Object.entries(source.values)) {
    if (!key.startsWith(namespace)) continue;
    const name = key.slice(namespace.length);
    const value = isText(name) ? raw : parsed(raw);
    if (!isEmpty(value) || !(name in configSchema.shape)) values[name] = value;
  }
  return values;
}

/** Whether a key's value is text, however much it looks like something else. */
function isText(name: string): boolean {
  const schema = Object.entries(configSchema.shape).find(([key]) => key === name)?.[1];
  return schema !== undefined && unwrap(schema) instanceof z.ZodString;
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}

function isEmpty(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === "" || value === null;
}

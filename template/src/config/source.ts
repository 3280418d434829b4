import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

/** Where the configuration of a stack comes from: plain data, so that it can be checked without Pulumi. */
export interface ConfigSource {
  /** "namespace:key" to its raw value; objects and lists as JSON text, secrets decrypted. */
  readonly values: Readonly<Record<string, string>>;
  /** The "namespace:key" names that were given as secrets. */
  readonly secretKeys: readonly string[];
  /** Environment variables: the providers read some of their settings from there. */
  readonly environment: Readonly<Record<string, string | undefined>>;
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
  const values: Record<string, string> = { ...pulumi.runtime.allConfig() };
  return { values, secretKeys: secretKeysOfLanguageHost(), environment: process.env };
}

import { InvalidArgumentError } from "commander";
import { parse } from "yaml";
import type { ConfigValues } from "@ai-api-access/local/project.ts";
import { PROVIDER_KINDS, type ProviderKind } from "@ai-api-access/local/providers.ts";

/** `-c organization='{name: acme, displayName: Acme}'`: a key of the config, its value as YAML. */
export const configOption = [
  "-c, --config <key=value>",
  "replace a key of Pulumi.local.yaml for this run; the value is YAML, and an empty one takes the key out (may be given again)",
  (text: string, earlier: ConfigValues = {}): ConfigValues => {
    const [, key, value] = /^([\w-]+(?::[\w-]+)?)=([\s\S]*)$/.exec(text) ?? [];
    if (key === undefined || value === undefined) {
      throw new InvalidArgumentError(
        `Got ${text}; wants key=value, for example customDomain=login.example.com.`,
      );
    }
    try {
      const parsed: unknown = value === "" ? undefined : parse(value);
      return { ...earlier, [key.includes(":") ? key : `ai-api-access:${key}`]: parsed };
    } catch (error) {
      throw new InvalidArgumentError(`The value of ${key} is not YAML: ${String(error)}`);
    }
  },
] as const;

export const providersOption = [
  "--providers <kind>",
  "provider plugins: official | stand-in (default: official where they can be had)",
  (value: string): ProviderKind => {
    const kind = PROVIDER_KINDS.find((known) => known === value);
    if (kind === undefined) throw new InvalidArgumentError(`Got ${value}; wants official or stand-in.`);
    return kind;
  },
] as const;

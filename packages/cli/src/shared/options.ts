import { readLocalStack, type ConfigValues } from "@ai-api-access/local/project.ts";
import { PROVIDER_KINDS, type ProviderKind } from "@ai-api-access/local/providers.ts";
import { InvalidArgumentError } from "commander";
import { parse } from "yaml";
import { z } from "zod";

/** `organization`, `auth0:domain`, and the fields below it: `organization.branding.primaryColor`, `roles[0].name`. */
const ASSIGNMENT = /^([\w-]+(?::[\w-]+)?)((?:\.[\w-]+|\[\d+\])*)=([\s\S]*)$/;

/**
 * `-c organization.branding.primaryColor='"#0000FF"'`: a key of the config, or one field of it, and its value as YAML.
 * The rest of the key stays as Pulumi.local.yaml has it.
 */
export const configOption = [
  "-c, --config <key=value>",
  "set a key of Pulumi.local.yaml, or one field (organization.displayName=Acme), for this run; the value is YAML, and an empty one takes it out (may be given again)",
  (text: string, earlier: ConfigValues = {}): ConfigValues => {
    const [, name, path = "", value] = ASSIGNMENT.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      throw new InvalidArgumentError(
        `Got ${text}; wants key=value, for example customDomain=login.example.com or organization.displayName=Acme.`,
      );
    }
    const { projectName, config } = readLocalStack();
    const key = name.includes(":") ? name : `${projectName}:${name}`;
    const steps = path.match(/[\w-]+/g) ?? [];
    const before = Object.hasOwn(earlier, key) ? earlier[key] : config[key];
    return { ...earlier, [key]: withValue(before, steps, valueOf(text, value)) };
  },
] as const;

function valueOf(text: string, value: string): unknown {
  try {
    return value === "" ? undefined : parse(value);
  } catch (error) {
    throw new InvalidArgumentError(`The value of ${text} is not YAML: ${String(error)}`);
  }
}

const listSchema = z.array(z.unknown());
const objectSchema = z.record(z.string(), z.unknown()).catch({});

/** A copy in which one place has another value. Whatever stands in the way of the place is replaced. */
function withValue(before: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  const listed = listSchema.safeParse(before);
  if (listed.success) {
    const list = listed.data;
    list[Number(step)] = withValue(list[Number(step)], rest, value);
    return list.filter((item) => item !== undefined);
  }
  const object = { ...objectSchema.parse(before) };
  object[step] = withValue(object[step], rest, value);
  return Object.fromEntries(Object.entries(object).filter(([, field]) => field !== undefined));
}

export const providersOption = [
  "--providers <kind>",
  "provider plugins: official | stand-in (default: official where they can be had)",
  (value: string): ProviderKind => {
    const kind = PROVIDER_KINDS.find((known) => known === value);
    if (kind === undefined) throw new InvalidArgumentError(`Got ${value}; wants official or stand-in.`);
    return kind;
  },
] as const;

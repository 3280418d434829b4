/** `-c key=value`: a key of the local stack, or one field within it, replaced for one run. */
import { messageOf } from "@ai-api-access/user-error";
import { readLocalStack, withField, type ConfigValues } from "@ai-api-access/local/project.ts";
import { InvalidArgumentError, Option } from "commander";
import { parse } from "yaml";
import { z } from "zod";

export const configSchema = z.record(z.string(), z.unknown()).optional();

export const configOption = new Option(
  "-c, --config <key=value>",
  "replace a key of Pulumi.local.yaml for this run, or a field within it (key.field=value); the value is YAML, and an " +
    "empty one takes the key or the field out (may be given again)",
).argParser(withSetting);

const EXAMPLE = "for example customDomain=login.example.com or organization.branding.primaryColor='#0000FF'";

/** @throws InvalidArgumentError when the text is no setting, or leads into something that has no fields */
function withSetting(text: string, earlier: ConfigValues = {}): ConfigValues {
  const [, name, fields, value] = /^([\w-]+(?::[\w-]+)?)((?:\.[^.=\s]+)*)=([\s\S]*)$/.exec(text) ?? [];
  if (name === undefined || fields === undefined || value === undefined) {
    throw new InvalidArgumentError(`Got ${text}; wants key=value, ${EXAMPLE}.`);
  }
  const { projectName, config } = readLocalStack(earlier);
  const key = name.includes(":") ? name : `${projectName}:${name}`;
  const path = fields.split(".").slice(1);
  const parsed = parsedValue(text, value);
  return { ...earlier, [key]: path.length === 0 ? parsed : withFieldOf(text, config[key], path, parsed) };
}

function parsedValue(text: string, value: string): unknown {
  if (value === "") return undefined;
  // The shell has taken the quotes away; to YAML a # would begin a comment.
  if (/^#\S/.test(value)) return value;
  try {
    return parse(value);
  } catch (error) {
    throw new InvalidArgumentError(`Got ${text}, whose value is not YAML: ${messageOf(error)}`);
  }
}

/** The whole key with one field in it replaced, or taken out. */
function withFieldOf(text: string, whole: unknown, path: readonly string[], value: unknown): unknown {
  try {
    return withField(whole, path, value);
  } catch {
    throw new InvalidArgumentError(
      `Got ${text}, and Pulumi.local.yaml has something without fields on the way there; wants the field of an ` +
        `object, ${EXAMPLE}.`,
    );
  }
}

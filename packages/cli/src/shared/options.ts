/** Options that several subcommands have. */
import type { ProviderKind } from "@ai-api-access/local/providers.ts";
import { InvalidArgumentError, Option } from "commander";
import { z } from "zod";

const PROVIDERS = ["official", "stand-in"] as const satisfies readonly ProviderKind[];

export const providersSchema = z.enum(PROVIDERS).optional();

export const providersOption = new Option(
  "--providers <kind>",
  "provider plugins (default: official where they can be had)",
).choices(PROVIDERS);

/** Of a command for one stack. */
export const stackOption = new Option(
  "-s, --stack <name>",
  "the stack, as `pulumi stack ls` names it; local for the stack of the local twin",
).makeOptionMandatory();

type Ids = Readonly<Record<string, string>>;

export const idsSchema = z.record(z.string(), z.string()).default({});

/** Of commands that find resources by their names. */
export const idOption = new Option(
  "--id <name=id>",
  "the id of what a tenant has more than once, by its logical name (may be given again)",
).argParser(withId);

function withId(text: string, earlier: Ids = {}): Ids {
  const [, name, id] = /^(.+?)=(.+)$/.exec(text) ?? [];
  if (name === undefined || id === undefined) {
    throw new InvalidArgumentError(`Got ${text}; wants NAME=ID, for example service-app=0oa1b2c3.`);
  }
  return { ...earlier, [name]: id };
}

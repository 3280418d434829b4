/** Options that several subcommands have. */
import type { ProviderKind } from "@ai-api-access/local/providers.ts";
import { Option } from "commander";
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

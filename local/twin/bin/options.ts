import { InvalidArgumentError } from "commander";
import { PROVIDER_KINDS, type ProviderKind } from "../providers.ts";

export const providersOption = [
  "--providers <kind>",
  "provider plugins: official | stand-in (default: official where they can be had)",
  (value: string): ProviderKind => {
    const kind = PROVIDER_KINDS.find((known) => known === value);
    if (kind === undefined) throw new InvalidArgumentError(`Got ${value}; wants official or stand-in.`);
    return kind;
  },
] as const;

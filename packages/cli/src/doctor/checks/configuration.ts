import type { ConfigSource, Mistake } from "@ai-api-access/local/program.ts";
import { ok, wrong, type Check } from "../check.ts";
import type { DoctorInput } from "../input.ts";

/** The checks of the configuration, and what to go on with. */
export interface Configuration {
  readonly checks: readonly Check[];
  /** The same configuration; secrets in plain text pass, since they say what is meant. */
  readonly source: ConfigSource;
  /** Whether anything stands in the way of reading what the stack declares. */
  readonly readable: boolean;
  /** Keys of addresses that are not those of the stack's own tenants. */
  readonly wrongAddresses: readonly string[];
}

const ADDRESSES: readonly string[] = ["auth0:domain", "okta:httpProxy"];
const PLAIN = "a secret in plain text (not shown)";

/** The whole check of the configuration, as `pulumi preview` makes it. */
export function checkConfiguration({ program, source }: DoctorInput): Configuration {
  const mistakes = program.findConfigMistakes(source);
  const [plain, others] = [mistakes.filter(isPlain), mistakes.filter((mistake) => !isPlain(mistake))];
  return {
    checks: [
      ...(others.length > 0
        ? others.map((mistake) =>
            wrong("configuration", `${mistake.key}: got ${mistake.got}`, wanted(mistake)),
          )
        : [ok("configuration", "no mistakes")]),
      ...plain.map(({ key, got, next }) => wrong("credentials", `${key}: ${got}`, next ?? "encrypt it")),
    ],
    source: { ...source, secretKeys: [...source.secretKeys, ...plain.map(({ key }) => key)] },
    readable: others.length === 0,
    wrongAddresses: others.map(({ key }) => key).filter((key) => ADDRESSES.includes(key)),
  };
}

function isPlain({ got }: Mistake): boolean {
  return got === PLAIN;
}

function wanted({ wants, example, next }: Mistake): string {
  return `it wants ${wants}, for example ${example}${next === undefined ? "" : ` (${next})`}`;
}

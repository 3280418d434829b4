import type { State } from "@ai-api-access/recovery";
import { UserError } from "@ai-api-access/user-error";
import type { ConfigSource } from "@ai-api-access/local/program.ts";

/** Settings that say which tenant a provider works on. */
const ADDRESSES = { auth0: ["domain"], okta: ["orgName", "baseUrl"] };

/**
 * In another tenant nothing of the stack is there, and all of it would be forgotten.
 *
 * @throws UserError naming each setting that differs from the one that the state was written with
 */
export function checkSameTenants({ resources }: State, { values }: ConfigSource): void {
  const mistakes = Object.entries(ADDRESSES).flatMap(([vendor, settings]) =>
    resources
      .filter(({ type }) => type === `pulumi:providers:${vendor}`)
      .flatMap(({ inputs }) =>
        settings.flatMap((setting) => {
          const [stored, configured] = [inputs[setting], values[`${vendor}:${setting}`]];
          if (typeof stored !== "string" || configured === undefined || stored === configured) return [];
          return [`  ${vendor}:${setting}: the configuration says ${configured}, the state ${stored}`];
        }),
      ),
  );
  if (mistakes.length === 0) return;
  throw new UserError(
    ["The state is of another tenant than the configuration:", ...new Set(mistakes)].join("\n"),
    {
      next: "put back what the state has; a stack moves to another tenant with `pulumi destroy` and `pulumi up`",
    },
  );
}

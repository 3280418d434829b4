import { parseUrn, shortName } from "@ai-api-access/resource-catalog";
import type { Twin } from "../twin.ts";
import type { StateResource } from "./state.ts";

/**
 * Reads what was made and could not be read back: the state has its id, and of its outputs only what was sent. The
 * engine updates it next time, which some resources cannot without the rest (`pulumi up --refresh` on real tenants).
 */
export async function readAgain(
  twin: Twin,
  resources: readonly StateResource[],
  say: (line: string) => void,
): Promise<void> {
  const half = resources.filter(({ initErrors = [] }) => initErrors.length > 0);
  if (half.length === 0) return;
  for (const { urn, id = "" } of half) {
    say(`  ~ ${shortName(parseUrn(urn))} was created (${id}), and reading it failed: it is read again`);
  }
  await twin.stack.refresh({
    suppressOutputs: true,
    showSecrets: false,
    target: half.map(({ urn }) => urn),
  });
}

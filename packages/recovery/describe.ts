import { parseUrn, shortName } from "@ai-api-access/resource-catalog";
import type { Verdict } from "./pending.ts";
import type { RecoveryPlan } from "./plan.ts";

/** A plan, a line for each thing that is done or left. */
export function describeSteps({ pending, gone, halfRead, unread }: RecoveryPlan): string[] {
  return [
    ...pending.map(lineOf),
    ...gone.map(
      ({ urn, id = "" }) => `  - ${nameOf(urn)} was deleted in the tenant (${id}): taken out of the state`,
    ),
    ...halfRead.map(
      ({ urn, id = "" }) => `  ~ ${nameOf(urn)} was created (${id}), and reading it failed: it is read again`,
    ),
    ...unread.map(
      ({ resource, reason }) => `  ? ${nameOf(resource.urn)} could not be looked for, and is left: ${reason}`,
    ),
  ];
}

function lineOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case "made":
      return `  + ${nameOf(verdict.resource.urn)} was created (${verdict.id}): taken into the state`;
    case "not made":
      return `  - ${nameOf(verdict.urn)} was not created: forgotten`;
    case "again":
      return `  . ${nameOf(verdict.urn)} (${verdict.operation}): forgotten, the next up does it again where it has to`;
    case "unclear":
      return `  ? ${nameOf(verdict.urn)} may have been created: ${verdict.reason}`;
  }
}

function nameOf(urn: string): string {
  return shortName(parseUrn(urn));
}

/** What a change must not take away without somebody deciding so: protected resources, and connections with people. */
import { parseUrn, resourceTypes } from "@ai-api-access/resource-catalog";
import type { Change } from "./steps.ts";

/** A resource that would go. */
export interface Loss {
  readonly name: string;
  readonly type: string;
  readonly reason: string;
}

/** @param refusals URNs that the engine itself would not let go */
export function lossesOf(changes: readonly Change[], refusals: readonly string[]): Loss[] {
  const lostWith = ({ type }: Change): string | undefined => resourceTypes.get(type)?.lostWithIt;
  const seen = changes.filter(
    (change) =>
      (change.operation === "delete" || change.operation === "replace") &&
      (change.protected || lostWith(change) !== undefined),
  );
  const refused = refusals.filter((urn) => !seen.some((change) => change.urn === urn));
  return [
    ...seen.map((change) => {
      const { name, type, operation, protected: kept } = change;
      const lost = lostWith(change);
      const reasons = [
        operation === "delete" ? "It would be deleted" : "It would be replaced",
        ...(kept ? ["it is protected"] : []),
        ...(lost === undefined ? [] : [`${lost} go with it`]),
      ];
      return { name, type, reason: reasons.join("; ") };
    }),
    ...refused.map((urn) => {
      const { name, type } = parseUrn(urn);
      return {
        name,
        type,
        reason: "It would be deleted or replaced; it is protected, and the engine refuses",
      };
    }),
  ];
}

/** What a change must not take away without somebody deciding so: protected resources, and connections with people. */
import { nameOf, typeOf, type Change } from "./steps.ts";

/** Auth0 docs, "Delete a connection": its users go with it. */
const CONNECTION = "auth0:index/connection:Connection";

/** A resource that would go. */
export interface Loss {
  readonly name: string;
  readonly type: string;
  readonly reason: string;
}

/** @param refusals URNs that the engine itself would not let go */
export function lossesOf(changes: readonly Change[], refusals: readonly string[]): Loss[] {
  const seen = changes.filter(
    (change) =>
      (change.operation === "delete" || change.operation === "replace") &&
      (change.protected || change.type === CONNECTION),
  );
  const refused = refusals.filter((urn) => !seen.some((change) => change.urn === urn));
  return [
    ...seen.map(({ name, type, operation, protected: kept }) => ({
      name,
      type,
      reason: [
        operation === "delete" ? "It would be deleted" : "It would be replaced",
        ...(kept ? ["it is protected"] : []),
        ...(type === CONNECTION ? ["the people of a connection go with it"] : []),
      ].join("; "),
    })),
    ...refused.map((urn) => ({
      name: nameOf(urn),
      type: typeOf(urn),
      reason: "It would be deleted or replaced; it is protected, and the engine refuses",
    })),
  ];
}

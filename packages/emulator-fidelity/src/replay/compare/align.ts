import { isRecord } from "@ai-api-access/emulator-core";

/** Which elements of two lists belong together, by their places. */
interface Alignment {
  readonly pairs: readonly (readonly [expected: number, got: number])[];
  readonly missing: readonly number[];
  readonly extra: readonly number[];
}

/** Properties that say which thing an element is: being equal in one weighs more than all the others. */
const IDENTITY = /(^|[._])(id|client_id|user_id|kid|name|label|identifier|permission_name|email)$/;
const IDENTITY_WEIGHT = 100;

/** Pairs the elements of two lists, the most alike first. Elements that share nothing are not paired. */
export function align(expected: readonly unknown[], got: readonly unknown[]): Alignment {
  const left = expected.map(leavesOf);
  const right = got.map(leavesOf);
  const scored = left.flatMap((one, i) =>
    right.flatMap((other, j) => {
      const score = likeness(one, other);
      return score > 0 ? [{ i, j, score }] : [];
    }),
  );
  scored.sort(
    (one, other) => other.score - one.score || Math.abs(one.i - one.j) - Math.abs(other.i - other.j),
  );
  const pairs: [number, number][] = [];
  const usedLeft = new Set<number>();
  const usedRight = new Set<number>();
  for (const { i, j } of scored) {
    if (usedLeft.has(i) || usedRight.has(j)) continue;
    usedLeft.add(i);
    usedRight.add(j);
    pairs.push([i, j]);
  }
  return {
    pairs: pairs.toSorted(([one], [other]) => one - other),
    missing: expected.flatMap((_, index) => (usedLeft.has(index) ? [] : [index])),
    extra: got.flatMap((_, index) => (usedRight.has(index) ? [] : [index])),
  };
}

/** The plain values of an element down to two levels, by path. */
function leavesOf(element: unknown): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  const visit = (value: unknown, path: string, depth: number): void => {
    if (isRecord(value) && depth < 3) {
      for (const [key, inner] of Object.entries(value))
        visit(inner, path === "" ? key : `${path}.${key}`, depth + 1);
    } else if (typeof value !== "object") {
      leaves.set(path, value);
    }
  };
  visit(element, "", 0);
  return leaves;
}

function likeness(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): number {
  let score = 0;
  for (const [path, value] of one) {
    if (other.get(path) !== value) continue;
    // Two elements of which both are switched on are not alike for that.
    const weight = typeof value === "string" ? 1 : 0.01;
    score += IDENTITY.test(path) || path === "" ? IDENTITY_WEIGHT * weight : weight;
  }
  return score;
}

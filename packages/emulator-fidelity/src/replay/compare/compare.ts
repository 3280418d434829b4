import { isRecord } from "@ai-api-access/emulator-core/json.ts";
import { BLANK } from "../recordings/recorder.ts";
import type { VendorName } from "../recordings/recording.ts";
import { align } from "./align.ts";
import { shown } from "./difference.ts";
import type { Difference } from "./difference.ts";
import type { Ids } from "./ids.ts";
import { areInOrderOfIds } from "./order.ts";
import { skeletonOf, timeForm } from "./opaque.ts";

/** What a comparison needs to know besides the two values. */
export interface Setting {
  readonly vendor: VendorName;
  /** Learns which made-up value stands for which. */
  readonly ids: Ids;
  /** Texts that the client itself sent: where one of these is expected, nothing else will do. */
  readonly sent: ReadonlySet<string>;
}

/**
 * Compares a recorded value with ours. Ours is in the recording's words already, as far as ids are known; made-up
 * values met for the first time are learned on the way.
 */
export function compare(expected: unknown, got: unknown, setting: Setting, at = "", key = ""): Difference[] {
  if (Array.isArray(expected) && Array.isArray(got)) return compareLists(expected, got, setting, at, key);
  if (isRecord(expected) && isRecord(got)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(got)])];
    return keys.flatMap((name) => {
      const place = at === "" ? name : `${at}.${name}`;
      if (!Object.hasOwn(got, name))
        return [{ kind: "missing", at: place, expected: shown(expected[name]) } as const];
      if (!Object.hasOwn(expected, name))
        return [{ kind: "extra", at: place, got: shown(got[name]) } as const];
      return compare(expected[name], got[name], setting, place, name);
    });
  }
  if (typeof expected === "string" && typeof got === "string" && sameText(expected, got, key, setting)) {
    return [];
  }
  return Object.is(expected, got) ? [] : [{ kind: "value", at, expected: shown(expected), got: shown(got) }];
}

function compareLists(
  expected: readonly unknown[],
  got: readonly unknown[],
  setting: Setting,
  at: string,
  key: string,
): Difference[] {
  const { pairs, missing, extra } = align(expected, got);
  const unpaired = Math.min(missing.length, extra.length);
  // What shares nothing with anything is compared in the order in which it stands.
  const all = [
    ...pairs,
    ...missing.slice(0, unpaired).map((index, n): [number, number] => [index, extra[n] ?? 0]),
  ];
  const sorted = all.toSorted(([one], [other]) => one - other);
  const inOrder = sorted.every(([, j], n) => n === 0 || j > (sorted[n - 1]?.[1] ?? -1));
  return [
    ...sorted.flatMap(([i, j]) => compare(expected[i], got[j], setting, `${at}[${String(i)}]`, key)),
    ...missing.slice(unpaired).map((i) => ({
      kind: "missing" as const,
      at: `${at}[${String(i)}]`,
      expected: shown(expected[i]),
    })),
    ...extra
      .slice(unpaired)
      .map((j) => ({ kind: "extra" as const, at: `${at}[${String(j)}]`, got: shown(got[j]) })),
    ...(inOrder || areInOrderOfIds(expected, got, setting.ids)
      ? []
      : [{ kind: "order" as const, at, expected: shown(expected), got: shown(got) }]),
  ];
}

function sameText(expected: string, got: string, key: string, { vendor, ids, sent }: Setting): boolean {
  if (expected === got) return true;
  if (BLANK.test(expected)) return got !== "";
  if (sent.has(expected)) return false;
  const form = timeForm(expected);
  if (form !== undefined) return timeForm(got) === form;
  const [theirs, ours] = [skeletonOf(expected, key, vendor), skeletonOf(got, key, vendor)];
  if (theirs.fixed !== ours.fixed || theirs.values.length === 0) return false;
  // Every pair is looked at, also after one that does not fit, so that as much as can be is learned.
  const fits = theirs.values.map(
    (value, n) => value === ours.values[n] || ids.learn(value, ours.values[n] ?? ""),
  );
  return fits.every(Boolean);
}

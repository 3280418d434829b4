import { placeOf } from "../compare/difference.ts";
import { VENDORS } from "../recordings/recording.ts";
import type { VendorName } from "../recordings/recording.ts";
import type { Judged, JudgedDifference, Verdict } from "../verdict.ts";
import { countsOf, interactionsOf, totalOf } from "./result.ts";
import type { Counts, RecordingResult, Result } from "./result.ts";

const WORDS: Readonly<Record<Verdict, string>> = {
  agrees: "agree",
  known: "stand in the ledger",
  needs: "need what the recorded tenant already held",
  unserved: "are not served",
  differs: "differ",
};
const NAMES: Readonly<Record<VendorName, string>> = { auth0: "Auth0", okta: "Okta" };
/** Of differences that are the same in many interactions, this many places are named. */
const NAMED = 8;

/** A run's report for people: a line for each recording, its differences below it, the totals at the end. */
export function reportText(result: Result): string {
  const lines = result.recordings.flatMap((one) => [headline(one), ...differencesOf(one).map(indent)]);
  const skipped = result.skipped.map(({ name, reason }) => `${name}: skipped, ${reason}`);
  return [...lines, ...skipped, "", ...totals(result)].join("\n");
}

function headline({ recording, judged, setUp }: RecordingResult): string {
  const counts = countsOf(judged);
  const held = setUp.done.length === 0 ? "" : `; set up before: ${String(setUp.done.length)}`;
  return `${recording.name}: ${sentence(counts)}${held}`;
}

function sentence(counts: Counts): string {
  const all = totalOf(counts);
  if (counts.agrees === all) return `all ${String(all)} agree`;
  const others = (["known", "needs", "unserved", "differs"] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${String(counts[verdict])} ${WORDS[verdict]}`);
  return [`${String(counts.agrees)} of ${String(all)} agree`, ...others].join(", ");
}

/** The differences of a recording; those that are the same in several interactions once, with all their numbers. */
function differencesOf({ judged }: RecordingResult): string[] {
  const groups = new Map<string, Judged[]>();
  for (const one of judged) {
    if (one.verdict === "agrees") continue;
    const lines = one.verdict === "unserved" ? [unserved(one)] : one.differences.flatMap(linesOf);
    const key = [
      `${one.interaction.method} ${one.operation ?? one.interaction.path}`,
      ...new Set(lines),
    ].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].flatMap(([key, group]) => {
    const [, ...lines] = key.split("\n");
    const [first] = group;
    const numbers = group.map(({ interaction }) => `#${String(interaction.index)}`);
    const rest = numbers.length > NAMED ? ` and ${String(numbers.length - NAMED)} more` : "";
    const request = `${first?.interaction.method ?? ""} ${first?.interaction.path ?? ""}`;
    return [`${request}  (${numbers.slice(0, NAMED).join(" ")}${rest})`, ...lines.map(indent)];
  });
}

function unserved({ interaction }: Judged): string {
  return `no operation of the local tenant; the recording has ${String(interaction.status)}`;
}

function linesOf(difference: JudgedDifference): string[] {
  const { kind, expected = "", got = "", known, needs } = difference;
  const place = placeOf(difference) === "" ? "the body" : placeOf(difference);
  const what = {
    status: `status: expected ${expected}, got ${got}`,
    missing: `${place}: missing, expected ${expected}`,
    extra: `${place}: not expected, got ${got}`,
    value: `${place}: expected ${expected}, got ${got}`,
    order: `${place}: in another order; expected ${expected}, got ${got}`,
  }[kind];
  if (known !== undefined) return [`in the ledger: ${what}`, `    ${known.reason}`];
  return [needs === true ? `needs what was there before: ${what}` : what];
}

function totals(result: Result): string[] {
  const vendors = VENDORS.filter((vendor) => interactionsOf(result, vendor).length > 0);
  const rows = vendors.map((vendor) => totalLine(NAMES[vendor], countsOf(interactionsOf(result, vendor))));
  return vendors.length > 1 ? [...rows, totalLine("Total", countsOf(interactionsOf(result)))] : rows;
}

function totalLine(name: string, counts: Counts): string {
  const all = totalOf(counts);
  const parts = (["agrees", "known", "needs", "unserved", "differs"] as const).map((verdict) => {
    const share = all === 0 ? 0 : (100 * counts[verdict]) / all;
    return `${String(counts[verdict])} ${WORDS[verdict]} (${share.toFixed(1)} %)`;
  });
  return `${name}: ${String(all)} interactions: ${parts.join(", ")}`;
}

function indent(line: string): string {
  return `    ${line}`;
}

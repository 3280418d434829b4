import { placeOf } from "./compare/compare.ts";
import { VENDORS } from "./recordings/recording.ts";
import { countsOf, interactionsOf, VERDICTS } from "./verdict.ts";
import type { Counts, Judged, JudgedDifference, RecordingResult, Result } from "./verdict.ts";

const WORDS = {
  agrees: "agree",
  known: "stand in the ledger",
  needs: "need what the recorded tenant already held",
  unserved: "are not served",
  differs: "differ",
};
const NAMES = { auth0: "Auth0", okta: "Okta" };
/** Of differences that are the same in many interactions, this many places are named. */
const NAMED = 8;

/** A run's report for people: a line for each recording, its differences below it, the totals at the end. */
export function reportText(result: Result): string {
  const lines = result.recordings.flatMap((one) => [headline(one), ...differencesOf(one).map(indent)]);
  const skipped = result.skipped.map(({ name, reason }) => `${name}: skipped, ${reason}`);
  return [...lines, ...skipped, "", ...totals(result)].join("\n");
}

function headline({ name, judged, setUp }: RecordingResult): string {
  const counts = countsOf(judged);
  const all = String(judged.length);
  const others = VERDICTS.filter((verdict) => verdict !== "agrees" && counts[verdict] > 0);
  const sentence =
    counts.agrees === judged.length
      ? `all ${all} agree`
      : [
          `${String(counts.agrees)} of ${all} agree`,
          ...others.map((verdict) => `${String(counts[verdict])} ${WORDS[verdict]}`),
        ].join(", ");
  return `${name}: ${sentence}${setUp.done.length === 0 ? "" : `; set up before: ${String(setUp.done.length)}`}`;
}

/** The differences of a recording; those that are the same in several interactions once, with all their numbers. */
function differencesOf({ judged }: RecordingResult): string[] {
  const differing = judged.filter(({ verdict }) => verdict !== "agrees");
  const groups = Map.groupBy(differing, (one) => {
    const { method, path } = one.interaction;
    return [`${method} ${one.operation ?? path}`, ...new Set(linesOf(one))].join("\n");
  });
  return [...groups].flatMap(([key, group]) => {
    const [, ...lines] = key.split("\n");
    const numbers = group.map(({ interaction }) => `#${String(interaction.index)}`);
    const rest = numbers.length > NAMED ? ` and ${String(numbers.length - NAMED)} more` : "";
    const { method, path } = group[0]?.interaction ?? { method: "", path: "" };
    return [`${method} ${path}  (${numbers.slice(0, NAMED).join(" ")}${rest})`, ...lines.map(indent)];
  });
}

function linesOf({ verdict, interaction, differences }: Judged): string[] {
  return verdict === "unserved"
    ? [`no operation of the local tenant; the recording has ${String(interaction.status)}`]
    : differences.flatMap(differenceLines);
}

function differenceLines(difference: JudgedDifference): string[] {
  const { kind, expected = "", got = "", known, needs } = difference;
  const place = placeOf(difference) === "" ? "the body" : placeOf(difference);
  const what = {
    status: `status: expected ${expected}, got ${got}`,
    missing: `${place}: missing, expected ${expected}`,
    extra: `${place}: not expected, got ${got}`,
    value: `${place}: expected ${expected}, got ${got}`,
    order: `${place}: in another order; expected ${expected}, got ${got}`,
    time: `${place}: a time expected ${expected}, got ${got}`,
    header: `header ${place}: expected ${expected || "nothing"}, got ${got || "nothing"}`,
  }[kind];
  if (known !== undefined) return [`in the ledger: ${what}`, `    ${known.reason}`];
  return [needs === true ? `needs what was there before: ${what}` : what];
}

function totals(result: Result): string[] {
  const vendors = VENDORS.filter((vendor) => interactionsOf(result, vendor).length > 0);
  const rows = vendors.flatMap((vendor) => totalLines(NAMES[vendor], interactionsOf(result, vendor)));
  return vendors.length > 1 ? [...rows, ...totalLines("Total", interactionsOf(result))] : rows;
}

/** The total, and what of it the tenant showed by itself: an echo agrees for what the set-up took from the recording. */
function totalLines(name: string, judged: readonly Judged[]): string[] {
  const own = judged.filter(({ echo }) => !echo);
  const echoes = String(judged.length - own.length);
  return [
    totalLine(name, countsOf(judged)),
    totalLine(
      `${name} without the ${echoes} that show what the set-up took from the recording`,
      countsOf(own),
    ),
  ];
}

function totalLine(name: string, counts: Counts): string {
  const all = VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0);
  const parts = VERDICTS.map((verdict) => {
    const share = all === 0 ? 0 : (100 * counts[verdict]) / all;
    return `${String(counts[verdict])} ${WORDS[verdict]} (${share.toFixed(1)} %)`;
  });
  return `${name}: ${String(all)} interactions: ${parts.join(", ")}`;
}

function indent(line: string): string {
  return `    ${line}`;
}

/** A run's report for programs, as plain data. */
export function reportData(result: Result) {
  return {
    folder: result.folder,
    total: countsOf(interactionsOf(result)),
    withoutEchoes: countsOf(interactionsOf(result).filter(({ echo }) => !echo)),
    recordings: result.recordings.map(({ name, vendor, judged, setUp }) => ({
      name,
      vendor,
      total: countsOf(judged),
      setUp,
      interactions: judged.map(({ interaction, operation, verdict, echo, differences }) => ({
        ...interaction,
        operation: operation ?? null,
        verdict,
        echo,
        differences: differences.map(({ kind, at, expected, got, known, needs }) => ({
          kind,
          at,
          expected: expected ?? null,
          got: got ?? null,
          ledger: known?.reason ?? null,
          needs: needs ?? false,
        })),
      })),
    })),
    skipped: result.skipped,
  };
}

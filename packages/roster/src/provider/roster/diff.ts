/** What a change of a roster looks like. */
import type { DiffRequest, DiffResult, PlainProperties, PropertyChange } from "@ai-api-access/provider-kit";
import { headOf } from "../../core/baseline.ts";
import { NOTHING, same } from "../../core/items.ts";
import type { Known } from "../../core/known.ts";
import { counted } from "../people.ts";
import { textAt, textsAt } from "../values.ts";
import { BASELINE, isUndecided, modeOf, peopleOf, roleNames } from "./inputs.ts";
import { readKnown } from "./state.ts";
import { linesOf, summaryOf } from "./words.ts";
import type { Line } from "./words.ts";

/** @param way `back` in a refresh: the engine then asks for the way from what was found to what was known */
export function diffRoster({ state, oldInputs, inputs }: DiffRequest, way: "forth" | "back"): DiffResult {
  if (oldInputs.organizationId !== inputs.organizationId) {
    return { changes: [{ path: "organizationId", kind: "update", replace: true }] };
  }
  if (isUndecided(inputs)) return { changes: [{ path: "people", kind: "update" }] };
  const known = readKnown(state, oldInputs);
  const after = peopleOf(inputs);
  const staying = modeOf(inputs) === "authoritative" ? NOTHING : known.theirs;
  const lines = linesOf({ before: known.inPlace, after, staying, role: roleNames([oldInputs, inputs]) });
  if (way === "back") return lines.length === 0 ? { changes: [] } : inWords(found(lines));
  const words = [
    ...(oldInputs.mode === inputs.mode ? [] : [`becomes ${modeOf(inputs)}`]),
    ...(same(known.inPlace, after) ? [] : [summaryOf(lines)]),
  ];
  if (words.length === 0 && isUnsettled(inputs, known)) words.push("finishes a run that was cut short");
  return words.length === 0 ? { changes: [] } : inWords(words.join(", "), namedChanges(inputs));
}

/** A change as a sentence, which the row of a preview shows; `--diff` shows the properties. */
export function inWords(sentence: string, changes: readonly PropertyChange[] = []): DiffResult {
  return {
    changes: [{ path: "people", kind: "update" }, { path: `["${sentence}"]`, kind: "update" }, ...changes],
    summary: [sentence],
  };
}

/** What a refresh found, by the way back: who joins then is gone now. */
const FOUND: Readonly<Record<Line["kind"], string>> = {
  join: "gone",
  leave: "new",
  stay: "new",
  change: "with other roles",
};

function found(lines: readonly Line[]): string {
  const groups = Map.groupBy(lines, ({ kind }) => FOUND[kind]);
  return [...groups].map(([words, those]) => `${counted(those.length)} ${words}`).join(", ");
}

/** The changes that stand in the inputs, see `./inputs.ts`. */
function namedChanges(inputs: PlainProperties): PropertyChange[] {
  return [...textsAt(inputs, "changes").keys()].map((key) => ({
    path: `changes["${key.replaceAll('"', '\\"')}"]`,
    kind: "add",
  }));
}

/** Whether a run that went by the record came neither to its end nor to a failure that it could report. */
function isUnsettled(inputs: PlainProperties, known: Known): boolean {
  const record = textAt(inputs, BASELINE);
  return record !== undefined && headOf(record).version > known.settled;
}

/** What the engine keeps of the roster's knowledge between two runs. */
import type { PlainProperties, Properties } from "@ai-api-access/provider-kit";
import { NOTHING } from "../../core/items.ts";
import type { Items } from "../../core/items.ts";
import type { Known } from "../../core/known.ts";
import { packed, readItems, unpacked, writeItems } from "../../core/text.ts";
import { numberAt, textAt } from "../values.ts";
import { peopleOf } from "./inputs.ts";

/** Where a run came to its end, the people of the inputs are in place, and are not kept twice. */
const IN_PLACE = "__inPlace";

/**
 * The outputs of the resource. Names that begin with two underscores the engine keeps and does not print.
 *
 * @param complete whether what is in place is what the inputs say, and need not be kept twice
 */
export function writeKnown(
  known: Known,
  shown: { readonly organizationId: string; readonly people: string },
  complete: boolean,
): Properties {
  return {
    ...shown,
    __settled: known.settled,
    __at: known.at,
    ...(!complete && { [IN_PLACE]: writeItems(known.inPlace) }),
    ...some("__theirs", known.theirs),
    ...some("__maybe", known.maybe),
    ...some("__taken", known.taken),
  };
}

function some(key: string, items: Items): Properties {
  return items.size === 0 ? {} : { [key]: packed(writeItems(items)) };
}

/** @param oldInputs the inputs that were stored with the state */
export function readKnown(state: PlainProperties, oldInputs: PlainProperties): Known {
  const items = (key: string): Items => {
    const text = textAt(state, key);
    return text === undefined ? NOTHING : readItems(unpacked(text)).items;
  };
  const inPlace = textAt(state, IN_PLACE);
  return {
    inPlace: inPlace === undefined ? peopleOf(oldInputs) : readItems(inPlace).items,
    theirs: items("__theirs"),
    maybe: items("__maybe"),
    taken: items("__taken"),
    at: numberAt(state, "__at") ?? 0,
    settled: numberAt(state, "__settled") ?? 0,
  };
}

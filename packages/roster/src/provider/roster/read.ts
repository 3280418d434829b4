/** A refresh and an import: what is found becomes what is known. */
import type { ReadRequest, ReadResult } from "@ai-api-access/provider-kit";
import { same } from "../../core/items.ts";
import type { Items } from "../../core/items.ts";
import { knownAfterLook, UNKNOWN_YET } from "../../core/known.ts";
import { unlessGone } from "../../core/organization.ts";
import { byRoleName, roleIdsOf } from "../people.ts";
import type { Session } from "../session.ts";
import { modeOf, peopleInputs } from "./inputs.ts";
import { readKnown, writeKnown } from "./state.ts";

export async function readRoster(
  session: Session,
  { id, known: stored }: ReadRequest,
): Promise<ReadResult | undefined> {
  const authoritative = stored !== undefined && modeOf(stored.inputs) === "authoritative";
  const there = (await unlessGone(session.peopleOf(id, { names: authoritative })))?.items;
  if (there === undefined) return undefined;
  if (stored === undefined) return imported(id, there);
  const before = readKnown(stored.state, stored.inputs);
  // Whoever is there besides concerns only a roster that would remove them.
  const known = knownAfterLook(before, there, authoritative);
  if (same(known.inPlace, before.inPlace)) return { id, ...stored };
  const people = byRoleName(known.inPlace, roleIdsOf(stored.inputs));
  // Without `changes`: they are about the last run.
  const inputs = { ...stored.inputs, ...peopleInputs(people), changes: undefined };
  return { id, inputs, state: writeKnown(known, { organizationId: id, people: inputs.people }, true) };
}

/** Everybody who is there is taken over, with their roles: from now on they are the roster's own. */
function imported(organizationId: string, there: Items): ReadResult {
  const people = peopleInputs(there);
  return {
    id: organizationId,
    inputs: { organizationId, mode: "additive", roles: {}, ...people },
    state: writeKnown({ ...UNKNOWN_YET, inPlace: there }, { organizationId, people: people.people }, true),
  };
}

/** What the roster knows of an organization between two runs. */
import type { PlainProperties, Properties } from "@ai-api-access/provider-kit";
import { upgraded } from "./old-states.ts";
import { common, minus, NOBODY, readPeople, union, writePeople } from "./people.ts";
import type { People } from "./people.ts";

export interface Snapshot {
  /** Declared by the last runs, and there when last heard of. */
  readonly confirmed: People;
  /** Declared by the last runs, and not there when last looked, or sent without an answer. */
  readonly unconfirmed: People;
  /** Found by a refresh and never declared: an authoritative roster removes them. */
  readonly undeclared: People;
  /** When the roster last removed somebody or something, in milliseconds since 1970; 0 for never. */
  readonly removedAt: number;
}

export const EMPTY: Snapshot = { confirmed: NOBODY, unconfirmed: NOBODY, undeclared: NOBODY, removedAt: 0 };

/**
 * For so long a list may still show what was removed, in milliseconds.
 *
 * Management API reference, GET /api/v2/organizations/{id}/members: "This endpoint is subject to eventual
 * consistency."
 */
const LIST_LAG = 10 * 60 * 1000;

/**
 * Compares what is declared, now and by the last runs, with the organization's list.
 *
 * @param declared by the run that begins; nobody in a refresh
 */
export function reconcile(snapshot: Snapshot, listed: People, now: number, declared = NOBODY): Snapshot {
  const managed = union(snapshot.confirmed, snapshot.unconfirmed, declared);
  // A list that lags shows people that the last run removed: then only those count who were not removed.
  const credible = now - snapshot.removedAt < LIST_LAG ? snapshot.confirmed : managed;
  const confirmed = common(credible, listed);
  return { ...snapshot, confirmed, unconfirmed: minus(managed, confirmed), undeclared: NOBODY };
}

/**
 * The outputs of the resource. The engine does not print names that begin with two underscores.
 *
 * @param isInInputs whether the inputs are stored with the same people as are confirmed
 */
export function writeSnapshot(
  snapshot: Snapshot,
  { isInInputs }: { readonly isInInputs: boolean },
): Properties {
  const { confirmed, unconfirmed, undeclared, removedAt } = snapshot;
  return {
    ...(!isInInputs && { __confirmed: writePeople(confirmed) }),
    ...(unconfirmed.size > 0 && { __unconfirmed: writePeople(unconfirmed) }),
    ...(undeclared.size > 0 && { __undeclared: writePeople(undeclared) }),
    ...(removedAt > 0 && { __removedAt: removedAt }),
  };
}

/** @param inInputs the people of the inputs that are stored with the outputs */
export function readSnapshot(stored: PlainProperties, inInputs: People): Snapshot {
  const outputs = upgraded(stored, new Map());
  const peopleAt = (key: string): People | undefined => {
    const text = outputs[key];
    return typeof text === "string" ? readPeople(text).people : undefined;
  };
  return {
    confirmed: peopleAt("__confirmed") ?? inInputs,
    unconfirmed: peopleAt("__unconfirmed") ?? NOBODY,
    undeclared: peopleAt("__undeclared") ?? NOBODY,
    removedAt: typeof outputs.__removedAt === "number" ? outputs.__removedAt : 0,
  };
}

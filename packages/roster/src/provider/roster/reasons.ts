/** Why a run did not get to its end, for the person who ran it. */
import type { Refusal } from "../../core/carry-out.ts";
import type { Fulfilled } from "../../core/fulfil.ts";
import { minus, union } from "../../core/items.ts";
import type { Items } from "../../core/items.ts";
import { counted } from "../people.ts";

const WORDS: Readonly<Record<Refusal["what"], string>> = {
  add: "could not be added",
  remove: "could not be removed",
  "give roles": "could not be given",
  "take roles": "could not lose",
};

/**
 * One line for each refusal, with its place in the file, and one for what stopped the run.
 *
 * @param placeOf where a person stands: `members.csv:3`
 * @param role a role by the name to show
 */
export function reasonsOf(
  { refusals, halted, plan, done }: Fulfilled,
  placeOf: (user: string) => string | undefined,
  role: (id: string) => string,
): [string, ...string[]] {
  const lines = refusals.map((refusal) => refusalLine(refusal, placeOf(refusal.user), role));
  const left =
    changesIn(minus(plan.add, done.added)) + changesIn(minus(plan.remove, done.removed)) - refusals.length;
  const reached = `${counted(changesIn(union(done.added, done.removed)))} done, ${counted(Math.max(0, left))} left`;
  const [first, ...others] = lines;
  const stop = halted === undefined ? [] : [`${halted}. ${reached}: the next \`pulumi up\` does the rest`];
  const sentence = stop[0] ?? `${reached}; the next \`pulumi up\` tries the refused ones again`;
  return first === undefined ? [sentence] : [first, ...others, ...stop];
}

function refusalLine(
  { user, what, roles, reason }: Refusal,
  place: string | undefined,
  role: (id: string) => string,
) {
  const object = roles.length === 0 ? "" : ` ${roles.map(role).join(", ")}`;
  return `${place === undefined ? "" : `${place}: `}${user} ${WORDS[what]}${object}: ${reason}`;
}

/** Memberships and changes of one person's roles. */
function changesIn(items: Items): number {
  return [...items.values()].reduce(
    (sum, { member, roles }) => sum + Number(member) + Number(roles.size > 0),
    0,
  );
}

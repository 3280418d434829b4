/** The checked inputs of a roster. */
import { UNKNOWN } from "@ai-api-access/provider-kit";
import type { CheckRequest, CheckResult, PlainProperties, Value } from "@ai-api-access/provider-kit";
import { headOf, readBaseline } from "../../core/baseline.ts";
import { NOTHING } from "../../core/items.ts";
import type { Items } from "../../core/items.ts";
import type { Mode } from "../../core/plan.ts";
import { readItems, writeItems } from "../../core/text.ts";
import { checkArguments, rolesInput } from "../arguments.ts";
import { byRoleId, declaredOf, digestOf, peopleLine, roleIdsOf } from "../people.ts";
import type { Session } from "../session.ts";
import { textAt } from "../values.ts";
import { consentMistakes } from "./consent.ts";
import { firstOf, linesOf } from "./words.ts";

/** Everybody, by the names of their roles, as `../../core/text.ts` writes it. */
export const PEOPLE = "__members";
/** The record of the baseline that the run goes by. */
export const BASELINE = "__baseline";

/** Settings that are kept as the program gives them. */
const SETTINGS = ["membersFile", "removeAtMostPercent", "consentToRemove"] as const;

export async function checkRoster(
  session: Session,
  { inputs, oldInputs }: CheckRequest,
): Promise<CheckResult> {
  const checked = await checkArguments(session, inputs);
  const mistakes = consentMistakes(inputs);
  if (checked.kind === "wrong") return { inputs, failures: [...mistakes, ...checked.failures] };
  const { organizationId = UNKNOWN, mode = "additive", baseline = UNKNOWN } = inputs;
  const settings = SETTINGS.flatMap((key): [string, Value][] => {
    const value = inputs[key];
    return value === undefined ? [] : [[key, value]];
  });
  const common = { ...Object.fromEntries(settings), organizationId, mode, [BASELINE]: baseline };
  if (checked.kind === "unknown") return { inputs: { ...common, [PEOPLE]: UNKNOWN }, failures: mistakes };
  const { people, roles } = checked.found;
  const changes = changesBetween(oldInputs, byRoleId(people, roles), modeOf(inputs), {
    role: roleNames([oldInputs, inputs]),
    name: (user) => session.nameOf(user),
  });
  return {
    inputs: { ...common, roles: rolesInput(roles), ...peopleInputs(people), ...changes },
    failures: mistakes,
  };
}

/** @param people with roles by the names that the inputs have for them */
export function peopleInputs(people: Items): { readonly people: string; readonly [PEOPLE]: string } {
  const text = writeItems(people);
  return { people: peopleLine(people.size, digestOf(text)), [PEOPLE]: text };
}

/** Whether a preview does not know yet who is declared. */
export function isUndecided(inputs: PlainProperties): boolean {
  return textAt(inputs, PEOPLE) === undefined;
}

/** The people of checked inputs, by role id. */
export function peopleOf(inputs: PlainProperties): Items {
  const text = textAt(inputs, PEOPLE);
  return text === undefined ? NOTHING : byRoleId(readItems(text).items, roleIdsOf(inputs));
}

export function organizationOf(inputs: PlainProperties): string | undefined {
  return textAt(inputs, "organizationId");
}

export function modeOf(inputs: PlainProperties): Mode {
  return inputs.mode === "authoritative" ? "authoritative" : "additive";
}

/** A role by the name that the program has for it, now or before. */
export function roleNames(inputs: readonly PlainProperties[]): (id: string) => string {
  const names = new Map(
    inputs.flatMap((bag) =>
      [...roleIdsOf(bag)].map(([name, id]): [string, string] => [id ?? `?${name}`, name]),
    ),
  );
  return (id) => names.get(id) ?? id;
}

/** The first few changes of each kind. They stand in the inputs since `preview --diff` prints what stands there. */
function changesBetween(
  oldInputs: PlainProperties,
  after: Items,
  mode: Mode,
  { role, name }: { role: (id: string) => string; name: (user: string) => string },
): { changes?: Readonly<Record<string, string>> } {
  const before = peopleOf(oldInputs);
  const staying = mode === "authoritative" ? NOTHING : theirsIn(oldInputs, before);
  const lines = linesOf({ before, after, staying, role });
  return lines.length === 0 ? {} : { changes: firstOf(lines, name) };
}

/** Of the people of the last run, those who were there before it, as far as its inputs tell. */
function theirsIn(oldInputs: PlainProperties, people: Items): Items {
  const text = textAt(oldInputs, BASELINE);
  const isAbout = text !== undefined && headOf(text).digest === declaredOf(people, new Map()).digest;
  return isAbout ? readBaseline(text, people).theirs : NOTHING;
}

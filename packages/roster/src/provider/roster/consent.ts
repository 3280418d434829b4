/** An authoritative roster removes people whom nobody removed on purpose; many of them only with consent. */
import type { CheckFailure, PlainProperties } from "@ai-api-access/provider-kit";
import { membersOf } from "../../core/items.ts";
import type { Items } from "../../core/items.ts";
import { counted } from "../people.ts";
import { numberAt } from "../values.ts";

/** The share of the members that may go without a word, in percent. */
const DEFAULT_PERCENT = 10;

/** How many people a message names. */
const SHOWN = 50;

/** What is wrong with the settings themselves. */
export function consentMistakes({
  mode,
  removeAtMostPercent,
  consentToRemove,
}: PlainProperties): CheckFailure[] {
  const wrong: string[] = [];
  if (mode !== undefined && mode !== "additive" && mode !== "authoritative") {
    wrong.push("mode is neither additive nor authoritative");
  }
  const percent = removeAtMostPercent;
  if (percent !== undefined && !(typeof percent === "number" && percent >= 0 && percent <= 100)) {
    wrong.push("removeAtMostPercent is no number from 0 to 100");
  }
  const consent = consentToRemove;
  if (consent !== undefined && !(typeof consent === "number" && Number.isInteger(consent) && consent >= 0)) {
    wrong.push("consentToRemove is no whole number of people");
  }
  return wrong.map((reason) => ({ property: "", reason }));
}

/** @throws an error that says how to consent, when more people would go than may */
export function checkConsent(would: {
  /** What would be taken away. */
  readonly leaving: Items;
  readonly there: Items;
  readonly settings: PlainProperties;
  readonly name: (user: string) => string;
}): void {
  const { settings, name } = would;
  const leaving = membersOf(would.leaving);
  const all = would.there.size;
  const percent = numberAt(settings, "removeAtMostPercent") ?? DEFAULT_PERCENT;
  if (leaving.length * 100 <= percent * all || leaving.length <= (numberAt(settings, "consentToRemove") ?? 0))
    return;
  const share = Math.round((leaving.length / all) * 100);
  throw new Error(
    `this would remove ${counted(leaving.length)} of the organization's ${counted(all)} members (${String(share)} %), ` +
      `more than ${String(percent)} %: ${named(leaving, name)}. If they are to go, set consentToRemove to ` +
      `${String(leaving.length)} (in the stack's configuration: pulumi config set --path ` +
      `ai-api-access:roster.consentToRemove ${String(leaving.length)}); if not, declare them, or set mode to additive`,
  );
}

/** Who would go although the stack never knew them; nothing when nobody would. */
export function strangersLine(strangers: Items, name: (user: string) => string): string | undefined {
  const people = membersOf(strangers);
  if (people.length === 0) return undefined;
  const who = people.length === 1 ? "1 person who is" : `${counted(people.length)} people who are`;
  return `removes ${who} not declared: ${named(people, name)}`;
}

function named(users: readonly string[], name: (user: string) => string): string {
  const shown = users.slice(0, SHOWN).map(name).join(", ");
  return users.length > SHOWN ? `${shown} and ${counted(users.length - SHOWN)} more` : shown;
}

/** An authoritative roster also removes people that nobody took out on purpose: many of them only with consent. */
import { counted } from "./inputs.ts";
import type { Inputs } from "./inputs.ts";
import type { People } from "./people.ts";

/** How many people a message names. */
const SHOWN = 50;

/** @throws an error that says how to consent, when more people would leave than may */
export function checkConsent(inputs: Inputs, listed: People, nameOf: (user: string) => string): void {
  const { removeAtMostPercent: percent = 10, consentToRemove = 0 } = inputs;
  const leaving = [...listed.keys()].filter((user) => !inputs.people.has(user));
  const all = listed.size;
  if (leaving.length * 100 <= percent * all || leaving.length <= consentToRemove) return;
  const share = Math.round((leaving.length / all) * 100);
  throw new Error(
    `this would remove ${counted(leaving.length)} of the organization's ${counted(all)} members (${String(share)} %), ` +
      `more than ${String(percent)} %: ${named(leaving, nameOf)}. If they are to go, set consentToRemove to ` +
      `${String(leaving.length)} (roster.consentToRemove of the organization, in the stack's configuration or the ` +
      "organization's file); if not, declare them, or set mode to additive",
  );
}

/** Who would leave although the stack never declared them; nothing when nobody would. */
export function strangersLine(
  strangers: readonly string[],
  nameOf: (user: string) => string,
): string | undefined {
  if (strangers.length === 0) return undefined;
  const who = strangers.length === 1 ? "1 person who is" : `${counted(strangers.length)} people who are`;
  return `removes ${who} not declared: ${named(strangers, nameOf)}`;
}

function named(users: readonly string[], nameOf: (user: string) => string): string {
  const shown = users.slice(0, SHOWN).map(nameOf).join(", ");
  return users.length > SHOWN ? `${shown} and ${counted(users.length - SHOWN)} more` : shown;
}

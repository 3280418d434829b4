/** What a run says while it works, and when it did not get to its end. */
import type { Engine } from "@ai-api-access/provider-kit";
import type { Applied, Refusal } from "./apply.ts";
import type { Brought } from "./invitations.ts";
import { counted } from "./inputs.ts";

/** Whoever has so many such people need not read them all. */
const SHOWN = 20;

const REFUSED: Readonly<Record<Refusal["change"], string>> = {
  join: "could not be added",
  leave: "could not be removed",
  assign: "could not be given",
  unassign: "could not lose",
};

/**
 * One line for each refusal, with its place in the file, and one for what stopped the run.
 *
 * @param placeOf where a person stands: `members.csv:3`
 */
export function reasonsOf(
  { refusals, halted, done, left }: Applied,
  placeOf: (user: string) => string | undefined,
  roleName: (id: string) => string,
): readonly string[] {
  const lines = refusals.map(({ user, change, roles, reason }) => {
    const place = placeOf(user);
    const what = [user, REFUSED[change], ...roles.map(roleName)].join(" ");
    return `${place === undefined ? "" : `${place}: `}${what}: ${reason}`;
  });
  if (halted === undefined) return lines;
  return [
    ...lines,
    `${halted}. ${counted(done)} done, ${counted(left)} left: the next \`pulumi up\` does the rest`,
  ];
}

/** The same of invitations. */
export function invitationReasons(
  { refusals, halted }: Brought,
  placeOf: (email: string) => string | undefined,
): readonly string[] {
  const lines = refusals.map(({ email, reason }) => {
    const place = placeOf(email);
    return `${place === undefined ? "" : `${place}: `}the invitation of ${email}: ${reason}`;
  });
  return halted === undefined ? lines : [...lines, `${halted}: the next \`pulumi up\` does the rest`];
}

/** @param people where each stands, and which account it is; undefined for none */
export function unverifiedEmails(people: readonly string[]): string | undefined {
  if (people.length === 0) return undefined;
  const count = people.length === 1 ? "1 person is" : `${counted(people.length)} people are`;
  const shown = people.slice(0, SHOWN).map((person) => `  ${person}`);
  const more = people.length - shown.length;
  return [
    `${count} named by an email that is not verified, of an account that anyone could have made:`,
    ...shown,
    ...(more > 0 ? [`  and ${counted(more)} more`] : []),
    "next: have it verified (User Management > Users in the Auth0 dashboard); or, if you know whose account it is, name the person by user with the id",
  ].join("\n");
}

/** Where there is no terminal each line stays, so they are few. In milliseconds. */
const INTERVAL = 5_000;

/** Shows every few seconds how far a run is. */
export function progressOf(engine: Engine, urn: string, all: number, now: () => number) {
  const began = now();
  let shown = began;
  return (done: number): void => {
    const time = now();
    if (time - shown < INTERVAL) return;
    shown = time;
    const left = ((time - began) / Math.max(1, done)) * (all - done);
    const line = `${counted(done)} of ${counted(all)} changes made, ${duration(left)} left`;
    engine.log("info", line, { urn, ephemeral: true });
  };
}

/** `40 s`, `12 min`, `3.5 h` */
export function duration(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 100) return `${String(seconds)} s`;
  if (seconds < 6000) return `${String(Math.round(seconds / 60))} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

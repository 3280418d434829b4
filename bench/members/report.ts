/** What the benchmark of the members found, in tables. */
import { duration } from "@ai-api-access/roster/messages.ts";
import type { Report, Table } from "../kit/report.ts";
import { seconds } from "../kit/report.ts";
import type { BadId } from "./bad-id.ts";
import { forMembers, STEPS } from "./life.ts";
import type { Measured, Step } from "./life.ts";
import type { Plan } from "./limited.ts";
import { TITLES, WAYS } from "./sides.ts";
import type { Way } from "./sides.ts";

/** Everything that was measured. */
export interface Found {
  /** By way and number of people. */
  readonly lives: readonly Life[];
  /** Seconds of the roster's preview without changes, in turn with one person and with many. */
  readonly previews: { readonly one: number; readonly many: number } | undefined;
  /** Milliseconds. */
  readonly pluginStart: number | undefined;
  /** First ups in real time under a limit. */
  readonly limited: readonly {
    readonly way: Way;
    readonly plan: Plan;
    readonly count: number;
    readonly up: Measured;
  }[];
  readonly badId: BadId | undefined;
  /** What is not measured yet. */
  readonly missing: readonly string[];
}

export interface Life {
  readonly way: Way;
  readonly count: number;
  readonly steps: Readonly<Record<Step, Measured>>;
}

type Part = Table & { readonly title: string; readonly how: readonly string[] };

export function memberReport(found: Found, host: string): Report {
  return {
    title: "Ten thousand members",
    how: [
      "The stack of `Pulumi.local.yaml` with its people in `membersFile`, each with one role (**roster**), beside the same stack with two resources a person (**tutorial way**, `bench/tutorial`), each against a tenant of its own.",
      host,
      "After the first `up` and after the swap, the bench itself looks into the tenant and fails unless the organization holds exactly who is declared.",
    ],
    ...aims(found),
    more: [
      ...counts(found).map((count) => lifeOf(found, count)),
      limits(found),
      ...checked(found),
      ...badId(found),
    ],
    notes: [
      ...(found.missing.length === 0 ? [] : [`Not measured yet: ${found.missing.join(", ")}.`]),
      "The roster's calls do not depend on the machine or what else it does; times and memory do. The tutorial way reads the whole list for each person, and how long that is then depends on the order in which the engine comes to them.",
      "A destroy takes the organization, and its people with it: the roster removes nobody one by one.",
    ],
  };
}

function aims({ lives, previews, pluginStart }: Found): Table {
  const at = (way: Way, count: number, step: Step): Measured | undefined =>
    lives.find((life) => life.way === way && life.count === count)?.steps[step];
  const calls = (way: Way, count: number, step: Step): number | undefined => {
    const measured = at(way, count, step);
    return measured && forMembers(measured);
  };
  const figures = (way: Way, count: number, step: Step): string => ifThere(calls(way, count, step), figure);
  // The tutorial way's takes so long that it is measured once each.
  const [one, many] = [at("tutorial", 1, "preview")?.seconds, at("tutorial", 1000, "preview")?.seconds];
  const tutorialRatio = one === undefined || many === undefined ? "" : times(many / one);
  const preview = at("roster", 10_000, "preview");
  const grown = perPerson(lives);
  const up = at("roster", 1000, "first up")?.seconds;
  const slow = ifThere(at("tutorial", 1000, "first up")?.seconds, seconds);
  return {
    columns: ["calls for the members; wall times", "tutorial way", "roster", "aim"],
    rows: [
      row(
        "1,000 people: first `up`, calls",
        figures("tutorial", 1000, "first up"),
        calls("roster", 1000, "first up"),
        1150,
        figure,
      ),
      row(
        "1,000 people: refresh, calls",
        figures("tutorial", 1000, "refresh"),
        calls("roster", 1000, "refresh"),
        15,
        figure,
      ),
      row(
        "1,000 people: preview without changes, times that of one",
        tutorialRatio,
        previews && previews.many / previews.one,
        1.2,
        times,
      ),
      row(
        "1,000 people: swap of 10, calls",
        figures("tutorial", 1000, "swap"),
        calls("roster", 1000, "swap"),
        40,
        figure,
      ),
      row("1,000 people: first `up`, wall", slow, up, 25, seconds),
      row("10,000 people: preview without changes, wall", "", preview?.seconds, 10, seconds),
      row("10,000 people: preview without changes, peak memory", "", preview?.peakBytes, 1e9, megabytes),
      row("10,000 people: refresh, calls", "", calls("roster", 10_000, "refresh"), 110, figure),
      row("10,000 people: state file, bytes a person", "", grown, 70, (bytes) => bytes.toFixed(1)),
      row("start of the plugin", "", pluginStart, 200, (ms) => `${ms.toFixed(0)} ms`),
    ],
  };
}

function row(
  what: string,
  tutorial: string,
  value: number | undefined,
  most: number,
  shown: (value: number) => string,
): string[] {
  if (value === undefined) return [what, tutorial, "", `≤ ${shown(most)}`];
  return [what, tutorial, shown(value), `≤ ${shown(most)}${value <= most ? "" : ", missed"}`];
}

/** By how many bytes the state grows with each person. */
function perPerson(lives: readonly Life[]): number | undefined {
  const roster = lives.filter(({ way }) => way === "roster").sort((a, b) => a.count - b.count);
  const [first, last] = [roster[0], roster.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  const bytes = ({ steps }: Life): number => steps["first up"].stateBytes;
  return (bytes(last) - bytes(first)) / (last.count - first.count);
}

function counts({ lives }: Found): number[] {
  return [...new Set(lives.map(({ count }) => count))].sort((a, b) => a - b);
}

const WORDS: Readonly<Record<Step, (count: number) => string>> = {
  "first up": () => "first up",
  preview: () => "preview, no change",
  refresh: () => "refresh, no change",
  swap: (changed) => `swap of ${figure(changed)}`,
  destroy: () => "destroy",
};

function lifeOf({ lives }: Found, count: number): Part {
  const here = lives.filter((life) => life.count === count);
  const rows = STEPS.flatMap((step) =>
    WAYS.flatMap((way) => {
      const measured = here.find((life) => life.way === way)?.steps[step];
      if (measured === undefined) return [];
      const { get, post, delete: deletes, all } = measured;
      const label = `${WORDS[step](Math.max(1, Math.round(count / 100)))}: ${TITLES[way]}`;
      const calls = [get, post, deletes, all].map(figure);
      return [[label, ...calls, seconds(measured.seconds), megabytes(measured.peakBytes)]];
    }),
  );
  return {
    title: count === 1 ? "1 person" : `${figure(count)} people`,
    how: [
      "GET, POST, DELETE: Auth0 calls for the members; all: with those for the rest of the stack and for tokens. Memory: the highest sum of what all processes of a run hold, what they share counted with each.",
    ],
    columns: ["", "GET", "POST", "DELETE", "all", "wall time", "peak memory"],
    rows,
  };
}

const LIMITED_STEPS: readonly Step[] = ["first up", "refresh", "swap"];

function limits(found: Found): Part {
  const rows = counts(found).flatMap((count) =>
    LIMITED_STEPS.flatMap((step) =>
      found.lives
        .filter((life) => life.count === count)
        .map(({ way, steps }) => {
          const { free, enterprise } = steps[step];
          return [`${figure(count)}: ${step}: ${TITLES[way]}`, ...[free, enterprise].map(long)];
        }),
    ),
  );
  return {
    title: "At Auth0's rate limits",
    how: [
      "Simulated time, not waited for: the Auth0 calls of the runs above pass the tenant's own rate limits one after another, each as soon as the limit lets it, and take no time besides. No client can be faster; one that learns of the limit by refusals is slower.",
    ],
    columns: ["people, step", "free plan", "enterprise plan"],
    rows,
  };
}

function checked({ limited, lives }: Found): Part[] {
  if (limited.length === 0) return [];
  const part: Part = {
    title: "The same in real time",
    how: [
      "First ups that were really run against a tenant with the limit on, to check the simulation (of the runs above, which nothing limits): refused calls and waiting included.",
    ],
    columns: ["people, plan", "simulated", "real", "all Auth0 calls, refused ones too"],
    rows: limited.map(({ way, plan, count, up }) => {
      const unlimited = lives.find((life) => life.way === way && life.count === count);
      return [
        `${figure(count)}, ${plan}: ${TITLES[way]}`,
        ifThere(unlimited?.steps["first up"][plan], long),
        long(up.seconds),
        figure(up.all),
      ];
    }),
  };
  return [part];
}

function badId({ badId: found }: Found): Part[] {
  if (found === undefined) return [];
  const part: Part = {
    title: "One unknown id among 10,000",
    how: [
      "The first `up` fails after it has brought in everybody else, and says:",
      `\`${found.told}\``,
      "Without the line, the next one succeeds. The bench looks into the tenant after both.",
    ],
    columns: ["calls for the members", "first up", "next up"],
    rows: [["roster", figure(found.first), figure(found.next)]],
  };
  return [part];
}

/** What was not measured yet leaves its cell empty. */
function ifThere(value: number | undefined, show: (value: number) => string): string {
  return value === undefined ? "" : show(value);
}

function long(value: number): string {
  return value < 1 ? "< 1 s" : duration(value * 1000);
}

function figure(value: number): string {
  return value.toLocaleString("en-US");
}

function times(value: number): string {
  return `${value.toFixed(2)} ×`;
}

function megabytes(bytes: number): string {
  return `${figure(Math.round(bytes / 1e6))} MB`;
}

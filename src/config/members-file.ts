/** `organization.membersFile` and `organization.roster`: people of a large organization, kept in one resource. */
import { z } from "zod";
import { field, type Findings } from "../components/checks/field.ts";
import { oneOf, pattern, wholeNumber } from "../components/checks/kinds.ts";

export const membersFile = pattern(/^(?=.{1,1024}$)\S(?:.*\S)?\.(?:csv|ya?ml)$/i, {
  wants: "the path of a CSV or YAML file, from the folder of Pulumi.yaml",
  example: "members.csv",
  description: "People of a large organization, in a file in place of `members`",
  leftOut: "the people are those of `members`",
});

export const roster = field(
  z.strictObject({
    mode: oneOf(["additive", "authoritative"], {
      example: "additive",
      description: "Whether people and roles that others gave stay (`additive`) or go (`authoritative`)",
    }).default("additive"),
    removeAtMostPercent: wholeNumber(0, 100, "percent", {
      example: "10",
      description: "The share of the members that an authoritative `up` removes without consent",
      leftOut: "`10`",
    }).optional(),
    consentToRemove: wholeNumber(0, 100_000, "people", {
      example: "120",
      description: "So many may be removed all the same",
      leftOut: "no more than the share",
    }).optional(),
    adopt: pattern(/^org_[A-Za-z0-9]+$/, {
      wants: "the id of the organization whose people are taken over",
      example: "org_AbCdEf1234567890",
      description: "All people of that organization are taken over, as if they had been added here",
      leftOut: "nobody is taken over",
    }).optional(),
  }),
  {
    wants: "an object with mode, removeAtMostPercent, consentToRemove and adopt",
    example: "{ mode: additive }",
    description: "How `membersFile` is kept",
    leftOut: "each of its fields is left out",
  },
);

/** With one resource a person, and one a role, every preview and every refresh slows down with each of them. */
const MOST_IN_CONFIG = 50;

interface People {
  readonly members?: readonly unknown[];
  readonly membersFile?: string | undefined;
  readonly roster?: unknown;
}

/** People are in one place. */
export function onePlace({ members = [], membersFile, roster }: People): Findings {
  if (membersFile !== undefined && members.length > 0) {
    return {
      path: ["membersFile"],
      wants: "people in one place: they are in members as well",
      example: "members.csv",
      next: "move the people of members into the file, or remove membersFile",
    };
  }
  if (membersFile !== undefined || roster === undefined) return undefined;
  return {
    path: ["roster"],
    got: "settings for people in a file, and no membersFile",
    wants: "membersFile beside it",
    example: "membersFile: members.csv",
    next: "remove roster, or name the file",
  };
}

/** Few people are in the configuration, many in a file. */
export function fewInConfig({ members = [], membersFile, roster }: People): Findings {
  if (members.length <= MOST_IN_CONFIG || membersFile !== undefined || roster !== undefined) return undefined;
  return {
    path: ["members"],
    wants: `at most ${String(MOST_IN_CONFIG)} people here: more are kept in a file, in one resource`,
    example: "membersFile: members.csv",
    next: "write them into a file, name it, and let `npx ai-api-access members move` bring the stack to it: docs/members.md",
  };
}

export type RosterConfig = NonNullable<ReturnType<typeof rosterOf>>;

/** People in a file; undefined where there is none. */
export function rosterOf(file: string | undefined, settings: z.output<typeof roster> | undefined) {
  if (file === undefined) return undefined;
  const { mode = "additive", removeAtMostPercent, consentToRemove, adopt } = settings ?? {};
  return { membersFile: file, mode, removeAtMostPercent, consentToRemove, adopt };
}

/** The two ways to keep people in code, each as a whole stack that is run by the CLI. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "@ai-api-access/local/machine/files.ts";
import type { TwinHome } from "@ai-api-access/local/home.ts";
import { oursWith } from "../stacks/ours.ts";
import type { MeasuredStack, Project } from "../stacks/stack.ts";
import { openStack } from "../stacks/stack.ts";
import type { Tools } from "../stacks/tools.ts";
import { tutorial } from "../stacks/tutorial.ts";
import type { Person } from "./people.ts";

export const WAYS = ["roster", "tutorial"] as const;
export type Way = (typeof WAYS)[number];

export const TITLES: Readonly<Record<Way, string>> = { roster: "roster", tutorial: "tutorial way" };

interface WayOfWriting {
  readonly project: Project;
  /** The file with the people, and what to write there. */
  readonly file: (home: TwinHome) => string;
  readonly text: (people: readonly Person[]) => string;
}

const rosterFile = (home: TwinHome): string => join(home.project, "members.csv");

const WRITING: Readonly<Record<Way, WayOfWriting>> = {
  roster: {
    project: oursWith((home) => ({
      "ai-api-access:members": [],
      "ai-api-access:membersFile": rosterFile(home),
    })),
    file: rosterFile,
    text: (people) => ["user,roles", ...people.map(({ user, role }) => `${user},${role}`), ""].join("\n"),
  },
  tutorial: {
    project: tutorial,
    file: (home) => join(home.project, "people.json"),
    text: (people) => JSON.stringify(people),
  },
};

export interface Side extends MeasuredStack {
  declare(people: readonly Person[]): void;
  /** The size of the file in which the engine keeps the stack. */
  stateBytes(): number;
}

export async function openSide(way: Way, tools: Tools): Promise<Side> {
  const { project, file, text } = WRITING[way];
  let home: TwinHome | undefined;
  const noting: Project = {
    ...project,
    write(at, tenants, its) {
      home = at;
      project.write(at, tenants, its);
    },
  };
  const stack = await openStack(noting, tools);
  const opened = (): TwinHome => {
    if (home === undefined) throw new Error("The stack was opened without its project.");
    return home;
  };
  return {
    ...stack,
    declare(people) {
      writeWhole(file(opened()), text(people));
    },
    stateBytes: () => stateBytes(opened()),
  };
}

function stateBytes(home: TwinHome): number {
  const stacks = join(home.state, ".pulumi", "stacks");
  return readdirSync(stacks, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

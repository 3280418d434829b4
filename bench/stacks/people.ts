/** The two ways to keep people in code, each as a whole stack that is run by the CLI. */
import { join } from "node:path";
import { writeWhole } from "@ai-api-access/emulator-core/machine/files.ts";
import type { TwinHome } from "@ai-api-access/local/home.ts";
import { oursWith } from "./ours.ts";
import type { MeasuredStack, Project } from "./stack.ts";
import { openStack } from "./stack.ts";
import type { Tools } from "./tools.ts";
import { tutorial } from "./tutorial.ts";

export const WAYS = ["roster", "tutorial way"] as const;
export type Way = (typeof WAYS)[number];

interface WayOfWriting {
  readonly project: Project;
  /** The file with the people, and what to write there. */
  readonly file: (home: TwinHome) => string;
  readonly text: (userIds: readonly string[]) => string;
}

/** The one role that everybody has. */
const ROLE = "ai-reader";

const rosterFile = (home: TwinHome): string => join(home.project, "members.csv");

const WRITING: Readonly<Record<Way, WayOfWriting>> = {
  roster: {
    project: oursWith((home) => ({
      "ai-api-access:organization.members": [],
      "ai-api-access:organization.membersFile": rosterFile(home),
    })),
    file: rosterFile,
    text: (userIds) => ["user,roles", ...userIds.map((user) => `${user},${ROLE}`), ""].join("\n"),
  },
  "tutorial way": {
    project: tutorial,
    file: (home) => join(home.project, "people.json"),
    text: (userIds) => JSON.stringify(userIds.map((user) => ({ user, role: ROLE }))),
  },
};

export interface PeopleStack extends MeasuredStack {
  /** Writes down who belongs to the organization, for the next command. */
  declare(userIds: readonly string[]): void;
}

/** Opens a stack whose people are kept this way. */
export async function openPeopleStack(way: Way, tools: Tools): Promise<PeopleStack> {
  const { project, file, text } = WRITING[way];
  const homes: TwinHome[] = [];
  const stack = await openStack(
    {
      ...project,
      write(home, tenants, its) {
        homes.push(home);
        project.write(home, tenants, its);
      },
    },
    tools,
  );
  return {
    ...stack,
    declare(userIds) {
      for (const home of homes) writeWhole(file(home), text(userIds));
    },
  };
}

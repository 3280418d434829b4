import { expect, test } from "@jest/globals";
import { findConfigMistakes } from "../../../src/config/index.ts";
import { localStackWith, sourceOf } from "./stack-file.ts";

const people = (count: number) =>
  Array.from({ length: count }, (_, number) => ({ user: `auth0|${String(number)}`, roles: [] }));

test("fifty people may stand in the configuration, more belong in a file", () => {
  const mistakes = (count: number) =>
    findConfigMistakes(sourceOf(localStackWith({ "organization.members": people(count) })));
  expect(mistakes(50)).toEqual([]);
  expect(mistakes(51)).toEqual([
    {
      key: "ai-api-access:organization.members",
      got: "a list of 51",
      wants: "at most 50 people here: more are kept in a file, in one resource",
      example: "membersFile: members.csv",
      next: "write them into a file, name it, and let `npx ai-api-access members move` bring the stack to it: docs/members.md",
    },
  ]);
});

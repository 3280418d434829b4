import { expect, test } from "@jest/globals";
import { localStack, localStackWith, sourceOf } from "../config/stack-file.ts";
import { SEEDED, difference, type Registration, runProgram } from "./registrations.ts";

const local = await runProgram(sourceOf(localStack()), SEEDED);

test("people in a file are one resource, and none of them is looked up by the program", async () => {
  const changes = {
    "organization.members": undefined,
    "organization.membersFile": "people/members.csv",
    "organization.roster": { mode: "authoritative", removeAtMostPercent: 5, consentToRemove: 40 },
  };
  const run = await runProgram(sourceOf(localStackWith(changes)), SEEDED);
  const { gone, added } = difference(local, run);

  expect(gone.every((resource) => /OrganizationMember(s|Role)? members/.test(resource))).toBe(true);
  expect(run.calls.map(({ token }) => token)).toEqual(["auth0:index/getConnection:getConnection"]);
  expect(added).toEqual([
    {
      resource: "ai-api-access:auth0:OrganizationRoster members",
      inputs: {},
      after: ["members"],
    },
    { resource: "pulumi:providers:roster members", parent: "members", inputs: {} },
    {
      resource: "roster:index:OrganizationRoster members",
      parent: "members",
      inputs: {
        organizationId: "id-of-organization",
        membersFile: "people/members.csv",
        membersFolder: process.cwd(),
        roles: { "ai-editor": "id-of-api-role-ai-editor", "ai-reader": "id-of-api-role-ai-reader" },
        mode: "authoritative",
        removeAtMostPercent: 5,
        consentToRemove: 40,
      },
      after: ["api-role-ai-editor", "api-role-ai-reader", "members", "organization"],
      deletedWith: "organization",
    },
  ]);
});

test.each([
  {
    before: "members",
    now: { "organization.members": undefined, "organization.membersFile": "members.csv" },
  },
  { before: "membersFile", now: {} },
])("nothing is declared while the state has the people by $before", async ({ before, now }) => {
  const declared: Registration[] = [];
  const program = runProgram(sourceOf(localStackWith(now)), SEEDED, declared, {
    "pulumi:index:Stash": { output: before },
  });
  await expect(program).rejects.toThrow(
    new RegExp(`kept by ${before}, and [^]*next: npx ai-api-access members move --stack local$`),
  );
  expect(declared.map(({ resource }) => resource)).toEqual(["pulumi:index:Stash members"]);
});

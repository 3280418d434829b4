import { expect, test } from "@jest/globals";
import { localStack, localStackWith, sourceOf } from "../config/stack-file.ts";
import { SEEDED, difference, type Registration, runProgram } from "./registrations.ts";

/** How the engine writes a value that it does not know (`UnknownStringValue` in its resource properties). */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

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

test("a run with --target that leaves the memory of the key out comes to its end", async () => {
  const run = await runProgram(sourceOf(localStack()), SEEDED, [], {
    "pulumi:index:Stash": { output: UNKNOWN },
  });
  expect(run.registrations.map(({ resource }) => resource)).toContain(
    "auth0:index/clientGrant:ClientGrant login-app-api",
  );
});

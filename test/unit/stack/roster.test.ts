import { expect, test } from "@jest/globals";
import { localStack, localStackWith, sourceOf } from "../config/stack-file.ts";
import { SEEDED, difference, failing, type Registration, runProgram } from "./registrations.ts";

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
    { resource: "pulumi:providers:roster roster", inputs: {} },
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
        // Whether strangers can sign up to the connection is not shown here.
        openStrategies: ["auth0"],
      },
      after: ["api-role-ai-editor", "api-role-ai-reader", "members", "organization"],
      deletedWith: "organization",
    },
  ]);
});

const INVITES = {
  "loginApp.initiateLoginUri": "https://console.example.com/login",
  "organization.members": [
    { user: "auth0|64f0000000000000000000a1", roles: ["ai-editor"] },
    { email: "New@example.com", roles: ["ai-reader"], invite: true },
    { email: "grace@example.com", roles: ["ai-reader"], invite: true },
  ],
};
const getUser = "auth0:index/getUser:getUser";
const ONLY_GRACE: typeof SEEDED = {
  ...SEEDED,
  [getUser]: (inputs) =>
    String(inputs.query).includes("grace")
      ? { id: "hash", userId: "auth0|64f0000000000000000000a2", emailVerified: true }
      : failing("1 error occurred: * No users found.")(),
};

test("a person that the tenant does not know is invited, and is a member like others once it does", async () => {
  const run = await runProgram(sourceOf(localStackWith(INVITES)), ONLY_GRACE);
  expect(difference(local, run).added).toContainEqual({
    resource: "roster:index:Invitation members-new@example.com",
    parent: "members",
    inputs: {
      organizationId: "id-of-organization",
      clientId: "id-of-login-app",
      email: "new@example.com",
      roles: ["id-of-api-role-ai-reader"],
      inviter: "My Awesome Company",
    },
    after: ["api-role-ai-reader", "login-app", "members", "organization"],
    deletedWith: "organization",
  });
  const invited = run.registrations.filter(({ resource }) => resource.startsWith("roster:"));
  expect(invited).toHaveLength(1);

  const come = {
    ...SEEDED,
    [getUser]: (inputs: Record<string, unknown>) => ({
      userId: `auth0|${String(inputs.query)}`,
      emailVerified: true,
    }),
  };
  const { registrations } = await runProgram(sourceOf(localStackWith(INVITES)), come);
  const members = registrations.filter(({ resource }) => resource.includes(":OrganizationMember "));
  expect(members).toHaveLength(3);
  expect(registrations.filter(({ resource }) => resource.includes("roster"))).toEqual([]);
});

test("a file may invite to an application that begins logins, and to no other", async () => {
  const inFile = { "organization.members": undefined, "organization.membersFile": "members.csv" };
  const inputsOf = async (changes: Readonly<Record<string, unknown>>) => {
    const { registrations } = await runProgram(sourceOf(localStackWith({ ...inFile, ...changes })), SEEDED);
    return registrations.find(({ resource }) => resource === "roster:index:OrganizationRoster members")
      ?.inputs;
  };
  const { "loginApp.initiateLoginUri": uri } = INVITES;
  expect(await inputsOf({ "loginApp.initiateLoginUri": uri })).toMatchObject({
    clientId: "id-of-login-app",
    inviter: "My Awesome Company",
  });
  expect(await inputsOf({ loginApp: { existing: "client-1" } })).toMatchObject({ clientId: "client-1" });
  expect(await inputsOf({})).not.toHaveProperty("clientId");
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

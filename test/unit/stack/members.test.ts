/** Claim: people and their roles are declared as `organization.members` says. */
import { expect, test } from "@jest/globals";
import { MEMBERS } from "./local-stack.ts";
import { localWith, names } from "./local-with.ts";

test("without members there are none, nobody is looked up, and no key is remembered", async () => {
  const { run, gone, added, changed } = await localWith({ "organization.members": [] });

  expect(gone).toEqual(names(MEMBERS));
  expect(added).toEqual([]);
  expect(changed).toEqual([{ resource: "ai-api-access:auth0:OrganizationMembers members", inputs: {} }]);
  expect(run.calls.map(({ token }) => token)).toEqual(["auth0:index/getConnection:getConnection"]);
});

test("the way in which people and roles are written makes no difference to the resources", async () => {
  const byId = await localWith({
    "organization.members": [
      { user: "auth0|64f0000000000000000000a2", roles: ["ai-reader"] },
      { email: "ADA@example.com", roles: ["ai-editor"] },
    ],
  });

  expect({ gone: byId.gone, added: byId.added, changed: byId.changed }).toEqual({
    gone: [],
    added: [],
    changed: [],
  });
});

test("a role that exists has one resource, whether it is written by name or by id", async () => {
  const getRole = { "auth0:index/getRole:getRole": () => ({ id: "rol_AbCdEf1234567890" }) };
  const byName = await localWith({ "organization.members[0].roles": ["support"] }, getRole);
  const byId = await localWith({ "organization.members[0].roles": ["rol_AbCdEf1234567890"] });

  expect(byName.added).toEqual([
    {
      resource:
        "auth0:index/organizationMemberRole:OrganizationMemberRole " +
        "members-auth0|64f0000000000000000000a1-rol_AbCdEf1234567890",
      parent: "members",
      inputs: {
        organizationId: "id-of-organization",
        userId: "auth0|64f0000000000000000000a1",
        roleId: "rol_AbCdEf1234567890",
      },
      after: ["members-auth0|64f0000000000000000000a1", "organization"],
      deletedWith: "organization",
    },
  ]);
  expect(byId.added).toEqual(byName.added);
  expect(byName.run.calls).toContainEqual({
    token: "auth0:index/getRole:getRole",
    inputs: { name: "support", skipUsers: true, skipPermissions: true },
  });
  expect(byId.run.calls).not.toContainEqual(
    expect.objectContaining({ token: "auth0:index/getRole:getRole" }),
  );
});

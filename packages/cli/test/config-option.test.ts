/** `-c` of the local commands: whole keys and fields within them, over what Pulumi.local.yaml says. */
import { expect, test } from "@jest/globals";
import { readLocalStack } from "@ai-api-access/local/project.ts";
import { Command, CommanderError } from "commander";
import { configOption } from "../src/shared/config-option.ts";

function config(...settings: string[]): unknown {
  const command = new Command()
    .addOption(configOption)
    .configureOutput({ writeErr: () => undefined })
    .exitOverride();
  return command
    .parse(
      settings.flatMap((setting) => ["-c", setting]),
      { from: "user" },
    )
    .opts().config;
}

const organization = {
  name: "my-awesome-company",
  displayName: "My Awesome Company",
  branding: {
    logoUrl: "https://example.com/logo.png",
    primaryColor: "#0000FF",
    pageBackgroundColor: "#FFFFFF",
  },
  metadata: { plan: "pro" },
  connections: [{ existing: "Username-Password-Authentication" }],
  members: [
    { user: "auth0|64f0000000000000000000a1", roles: ["ai-editor"] },
    { email: "grace@example.com", roles: ["ai-reader"] },
  ],
};

test("the stack file has the organization that these tests change", () => {
  expect(readLocalStack().config["ai-api-access:organization"]).toEqual(organization);
});

test.each<[string, string[], unknown]>([
  ["a whole key", ["customDomain=login.example.com"], { "ai-api-access:customDomain": "login.example.com" }],
  ["a whole key with YAML", ["roles=[{name: a}]"], { "ai-api-access:roles": [{ name: "a" }] }],
  ["a key of a provider", ["okta:baseUrl=okta.com"], { "okta:baseUrl": "okta.com" }],
  ["a key that is taken out", ["loginApp="], { "ai-api-access:loginApp": undefined }],
  [
    "one field, of which a # is no comment",
    ["organization.branding.primaryColor=#FF0000"],
    {
      "ai-api-access:organization": {
        ...organization,
        branding: { ...organization.branding, primaryColor: "#FF0000" },
      },
    },
  ],
  [
    "fields on the way that are not there yet",
    ["organization.roster.removeAtMostPercent=20"],
    { "ai-api-access:organization": { ...organization, roster: { removeAtMostPercent: 20 } } },
  ],
  [
    "a field that is taken out",
    ["organization.metadata.plan="],
    { "ai-api-access:organization": { ...organization, metadata: {} } },
  ],
  [
    "a field that is not there, taken out",
    ["organization.tokenQuota.perDay="],
    { "ai-api-access:organization": organization },
  ],
  ["an item of a list", ["roles=[a, b]", "roles.1=c"], { "ai-api-access:roles": ["a", "c"] }],
  [
    "several, each over the ones before",
    ["organization.metadata.plan=free", "organization={name: acme}", "organization.displayName=Acme"],
    { "ai-api-access:organization": { name: "acme", displayName: "Acme" } },
  ],
])("sets %s", (_what, settings, expected) => {
  expect(config(...settings)).toEqual(expected);
});

test.each([
  [
    "organization",
    /Got organization; wants key=value, for example .*organization\.branding\.primaryColor='#0000FF'/,
  ],
  ["organization..name=x", /wants key=value/],
  [
    "organization.name.first=x",
    /something without fields on the way there; wants the field of an object, for example/,
  ],
  ["organization={name: ", /whose value is not YAML/],
])("refuses %s with an example of what it wants", (setting, message) => {
  expect(() => config(setting)).toThrow(CommanderError);
  expect(() => config(setting)).toThrow(message);
});

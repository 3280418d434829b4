/** What is in the tenant already and not in the state: `up` names the command that adopts it. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

const made = z.object({ id: z.string() });

let twin: TestTwin;
beforeAll(async () => {
  twin = await TestTwin.start();
});
afterAll(() => twin.close());

test("each conflict prints the command that takes in what is there, with its id and its parent", async () => {
  const organization = made.parse(
    await twin.byHand("auth0", "POST", "/organizations", { name: "my-awesome-company" }),
  );
  const role = made.parse(await twin.byHand("auth0", "POST", "/roles", { name: "ai-reader" }));

  const { code, output } = await twin.command("up --continue-on-error");
  expect(code).toBe(1);
  const commands = output.split("\n").flatMap((line) => /^ *(pulumi import .*)$/.exec(line)?.[1] ?? []);
  const parent = (type: string, name: string): string =>
    `--parent 'parent=urn:pulumi:local::ai-api-access::ai-api-access:auth0:${type}::${name}'`;
  expect(new Set(commands)).toEqual(
    new Set([
      `pulumi import auth0:index/organization:Organization organization ${organization.id} ${parent("OrganizationAccess", "organization")} --protect=false --generate-code=false`,
      `pulumi import auth0:index/role:Role api-role-ai-reader ${role.id} ${parent("ApiAccess", "api")} --protect=false --generate-code=false`,
    ]),
  );
});

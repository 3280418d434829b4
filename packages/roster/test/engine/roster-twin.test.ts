/** People in a file, in the whole stack on the local twin. The tests follow one another. */
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

const ADA = "auth0|64f0000000000000000000a1";
const GRACE = "auth0|64f0000000000000000000a2";

let twin: TestTwin;
let born: string;
let file = "";

beforeAll(async () => {
  twin = await TestTwin.born();
  born = twin.holdings();
  file = join(twin.home.folder, "members.csv");
});
afterAll(() => twin.close());

const inFile = (settings: Readonly<Record<string, unknown>> = {}) => ({
  "ai-api-access:members": [],
  "ai-api-access:membersFile": relative(process.cwd(), file),
  ...settings,
});

/** The people of the organization and the names of their roles in it. */
async function members(): Promise<Record<string, string[]>> {
  const [organization] = await twin.read("auth0", "/organizations", z.array(z.object({ id: z.string() })));
  const list = `/organizations/${organization?.id ?? ""}/members?fields=user_id,roles`;
  const people = z.array(z.object({ user_id: z.string(), roles: z.array(z.object({ name: z.string() })) }));
  const found = await twin.read("auth0", list, people);
  return Object.fromEntries(
    found.map(({ user_id: user, roles }) => [user, roles.map(({ name }) => name).sort()]),
  );
}

describe("people in a file", () => {
  test("all mistakes of the file are told at once, with their lines, and nothing is done", async () => {
    writeFileSync(
      file,
      [
        "user,role,roles",
        `${ADA},,ai-editor`,
        "",
        `${ADA},,ai-reader`,
        "ada,,",
        ",,ai-reader",
        `${GRACE},,ai-raeder;ai-reader;ai-reader`,
      ].join("\r\n"),
    );
    const failed = await twin.command("up", inFile());
    for (const mistake of [
      'members.csv:1: unknown column "role": there are user, email, roles, note; did you mean roles?',
      "members.csv:3: this line is empty",
      `members.csv:4: ${ADA} is on line 2 already`,
      'members.csv:5: "ada" is no user id',
      "members.csv:6: this names nobody",
      'members.csv:7: the role "ai-reader" is there twice',
      'members.csv:7: unknown role "ai-raeder": neither the stack nor the tenant has it; did you mean ai-reader?',
    ]) {
      expect(failed.output).toContain(mistake);
    }
    expect(failed.code).not.toBe(0);
    expect(await members()).toEqual({});
  });

  test("people come in by id or by email, with roles that the stack makes in the same up", async () => {
    writeFileSync(
      file,
      `\uFEFFuser;email;roles\n${ADA};;ai-editor\n;Grace@Example.com;"ai-reader;ai-editor"\n`,
    );
    await twin.run("up", inFile());
    expect(await members()).toEqual({ [ADA]: ["ai-editor"], [GRACE]: ["ai-editor", "ai-reader"] });
  });

  test("a preview without changes asks nobody for anything, and a refresh only for the list", async () => {
    twin.clearRequests();
    const { changes } = await twin.run("preview", inFile());
    expect(Object.keys(changes)).toEqual(["same"]);
    expect(
      twin.requests().filter((line) => /v2\/(users|organizations|roles).*(\?|members)/.test(line)),
    ).toEqual([]);
    await twin.run("refresh", inFile());
    expect(twin.requests().filter((line) => line.includes("/members"))).toHaveLength(2);
  });

  test("a person who leaves the file is named by email and removed", async () => {
    writeFileSync(file, `user,roles\n${ADA},ai-editor\n`);
    const { output } = await twin.run("preview", inFile(), { diff: true });
    expect(output).toContain("leaves: grace@example.com");
    await twin.run("up", inFile());
    expect(await members()).toEqual({ [ADA]: ["ai-editor"] });
  });

  test("destroy removes nobody one by one, and leaves the tenants as they were born", async () => {
    twin.clearRequests();
    await twin.run("destroy", inFile());
    expect(twin.requests().filter((line) => line.includes("/members"))).toEqual([]);
    expect(twin.holdings()).toBe(born);
  });
});

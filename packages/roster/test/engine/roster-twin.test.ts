/** People in a file, in the whole stack on the local twin. The tests follow one another. */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { findEngine } from "@ai-api-access/local/engine/index.ts";
import { twinEnvironment } from "@ai-api-access/local/environment.ts";
import { standIns } from "@ai-api-access/local/providers.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

const ADA = "auth0|64f0000000000000000000a1";
const GRACE = "auth0|64f0000000000000000000a2";

let twin: TestTwin;
let before: string;
let file = "";

beforeAll(async () => {
  twin = await TestTwin.start();
  before = twin.holdings();
  file = join(twin.home.folder, "members.csv");
});
afterAll(() => twin.close());

const inFile = () => ({
  "ai-api-access:members": [],
  "ai-api-access:membersFile": relative(process.cwd(), file),
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
  test("all mistakes of the file are reported at once, with their lines, and nothing is done", async () => {
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

  test("a preview names a person who leaves by email", async () => {
    writeFileSync(file, `user,roles\n${ADA},ai-editor\n`);
    const { output } = await twin.run("preview", inFile(), { diff: true });
    expect(output).toContain("leaves: grace@example.com");
  });

  test("destroy removes nobody one by one, and leaves the tenants as they were", async () => {
    twin.clearRequests();
    await twin.run("destroy", inFile());
    expect(twin.requests().filter((line) => line.includes("/members"))).toEqual([]);
    expect(twin.holdings()).toBe(before);
  });

  test("people move from the configuration into a file, and stay in the organization all the while", async () => {
    await twin.run("up");
    const people = await members();
    expect(Object.keys(people)).toHaveLength(2);

    const urn = "urn:pulumi:local::ai-api-access::ai-api-access:auth0:OrganizationMembers::members";
    const engine = await findEngine();
    await promisify(execFile)(
      engine.command,
      ["state", "delete", urn, "--target-dependents", "--yes", "--stack", "local"],
      {
        cwd: twin.home.project,
        env: { ...process.env, ...twinEnvironment(twin.home, twin.tenants.access, standIns()) },
      },
    );
    const lines = Object.entries(people).map(([user, roles]) => `${user},${roles.join(";")}`);
    writeFileSync(file, ["user,roles", ...lines].join("\n"));
    twin.clearRequests();
    await twin.run("up", inFile());
    expect(twin.writes()).toEqual([]);
    expect(await members()).toEqual(people);
    expect(Object.keys((await twin.run("preview", inFile())).changes)).toEqual(["same"]);

    // They are the stack's now.
    writeFileSync(file, ["user,roles", lines[0]].join("\n"));
    await twin.run("up", inFile());
    expect(await members()).toEqual(Object.fromEntries(Object.entries(people).slice(0, 1)));
  });
});

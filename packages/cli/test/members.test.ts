/**
 * People by `membersFile` and by `members` in the whole stack, and moving between them, on the real engine. The tests
 * follow one another, on one stack.
 */
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";
import { execa } from "execa";
import { z } from "zod";
import * as config from "../../../src/config/index.ts";
import { declareStack } from "../../../src/stack.ts";
import { move } from "../src/members/move.ts";
import { checkedStack, localSource } from "../src/shared/stack/source.ts";
import { openTenants } from "../src/shared/tenants.ts";

const ADA = "auth0|64f0000000000000000000a1";
const GRACE = "auth0|64f0000000000000000000a2";
const ALAN = "auth0|64f0000000000000000000a3";

let twin: TestTwin;
let before: string;
let file = "";
beforeAll(async () => {
  twin = await TestTwin.start();
  before = twin.holdings();
  file = join(twin.home.folder, "members.csv");
});
afterAll(() => twin.close());

type People = Readonly<Record<string, readonly string[]>>;
type Settings = Readonly<Record<string, unknown>>;

const inConfig = (people: People): Settings => ({
  "ai-api-access:organization.members": Object.entries(people).map(([user, roles]) => ({ user, roles })),
});

/** @param text of the file */
function inFile(text: string): Settings {
  writeFileSync(file, text);
  return {
    "ai-api-access:organization.members": [],
    "ai-api-access:organization.membersFile": relative(process.cwd(), file),
  };
}

const csv = (people: People) =>
  ["user,roles", ...Object.entries(people).map(([user, roles]) => `${user},${roles.join(";")}`)].join("\n");

const organizations = z.array(z.object({ id: z.string() }));
const members = z.array(z.object({ user_id: z.string(), roles: z.array(z.object({ name: z.string() })) }));

/** The people of the organization and the names of their roles in it. */
async function holdings(): Promise<People> {
  const [organization] = await twin.read("auth0", "/organizations", organizations);
  const list = `/organizations/${organization?.id ?? ""}/members?fields=user_id,roles`;
  const found = await twin.read("auth0", list, members);
  return Object.fromEntries(
    found.map(({ user_id, roles }) => [user_id, roles.map(({ name }) => name).sort()]),
  );
}

const asOptions = (settings: Settings) =>
  Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${JSON.stringify(value)}`]);

/** What a command of a person says, who has no terminal. */
async function command(...args: string[]): Promise<string> {
  const script = join(repositoryRoot, "packages/cli/src/main.ts");
  const env = { AI_API_ACCESS_TWIN: twin.home.folder };
  const { all } = await execa(process.execPath, [script, ...args], {
    env,
    all: true,
    reject: false,
    stdin: "ignore",
  });
  return `${all}\n`;
}

/** What `members move` says to a person who agrees. */
async function moveTo(settings: Settings): Promise<string> {
  const source = localSource(twin.tenants.access, settings);
  const program = { ...config, declareStack };
  const stack = checkedStack({ name: "local", project: "ai-api-access", source, program });
  const { stack: engine } = await twin.open(settings);
  const said: string[] = [];
  const confirm = () => Promise.resolve(true);
  await move({ stack, engine, tenants: await openTenants(source), confirm, say: (line) => said.push(line) });
  return said.join("\n");
}

describe("people in a file", () => {
  test("all mistakes of the file are reported at once, with their lines, and nothing is done", async () => {
    const wrong = [
      "user,role,roles",
      `${ADA},,ai-editor`,
      "",
      `${ADA},,ai-reader`,
      "ada,,",
      ",,ai-reader",
      `${GRACE},,ai-raeder;ai-reader;ai-reader`,
    ];
    const failed = await twin.command("up", inFile(wrong.join("\r\n")));
    for (const mistake of [
      'members.csv:1: unknown column "role": there are user, email, roles, invite, note; did you mean roles?',
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
    expect(await holdings()).toEqual({});
  });

  const written = `\uFEFFuser;email;roles\n${ADA};;ai-editor\n;Grace@Example.com;"ai-reader;ai-editor"\n`;

  test("people come in by id or by email, with roles that the stack makes in the same up", async () => {
    await twin.run("up", inFile(written));
    expect(await holdings()).toEqual({ [ADA]: ["ai-editor"], [GRACE]: ["ai-editor", "ai-reader"] });
  });

  test("a preview without changes asks nobody for anything, and a refresh only for the list", async () => {
    twin.clearRequests();
    const { changes } = await twin.run("preview", inFile(written));
    expect(Object.keys(changes)).toEqual(["same"]);
    expect(
      twin.requests().filter((line) => /v2\/(users|organizations|roles).*(\?|members)/.test(line)),
    ).toEqual([]);
    await twin.run("refresh", inFile(written));
    expect(twin.requests().filter((line) => line.includes("/members"))).toHaveLength(1);
  });

  test("a preview names a person who leaves by email", async () => {
    const { output } = await twin.run("preview", inFile(csv({ [ADA]: ["ai-editor"] })), { diff: true });
    expect(output).toContain("leaves: grace@example.com");
  });
});

const refusedFrom = (key: string) =>
  new RegExp(
    `The people of organization my-awesome-company of stack local are kept by ${key}, and the configuration [^]*` +
      "next: npx ai-api-access members move --stack local\n",
  );
const unchanged = "Done. The next `pulumi up` changes nobody's access.";

describe("from membersFile to members", () => {
  const people = { [ADA]: ["ai-editor"], [GRACE]: ["ai-editor", "ai-reader"] };

  test("an up is refused with the command that moves them", async () => {
    twin.clearRequests();
    expect((await twin.command("up", inConfig(people))).output).toMatch(refusedFrom("membersFile"));
    expect(twin.writes()).toEqual([]);
  });

  test("a move that would leave somebody or a role out is refused", async () => {
    await expect(moveTo(inConfig({ [GRACE]: ["ai-editor"] }))).rejects.toThrow(
      "ai-api-access:organization.members lacks what the stack has by ai-api-access:organization.membersFile:\n" +
        `  ${ADA} with ai-editor\n  ${GRACE} with ai-reader`,
    );
  });

  test("a move makes no write, and there is nothing to move afterwards", async () => {
    twin.clearRequests();
    expect(await moveTo(inConfig(people))).toContain(unchanged);
    expect(await moveTo(inConfig(people))).toContain("Nothing to move");
    expect(twin.writes()).toEqual([]);
    expect(await holdings()).toEqual(people);
  });

  test("the up after it changes nothing but the people who were taken out or added", async () => {
    const { changes } = await twin.run("up", inConfig({ [ADA]: ["ai-editor"], [ALAN]: ["ai-reader"] }));
    // One of what is deleted is the provider of the roster, which no tenant knows of.
    expect(changes).toMatchObject({ create: 2, delete: 4 });
    expect(changes).not.toHaveProperty("update");
    expect(await holdings()).toEqual({ [ADA]: ["ai-editor"], [ALAN]: ["ai-reader"] });
  });
});

describe("from members to membersFile", () => {
  const people = { [ADA]: ["ai-editor"], [ALAN]: ["ai-reader"] };

  test("an up is refused with the command that moves them", async () => {
    twin.clearRequests();
    expect((await twin.command("up", inFile(csv(people)))).output).toMatch(refusedFrom("members"));
    expect(twin.writes()).toEqual([]);
  });

  test("a move that is not agreed to, or would leave somebody out, changes nothing", async () => {
    const state = twin.stateText();
    const asked = await command("members", "move", "--stack", "local", ...asOptions(inFile(csv(people))));
    expect(asked).toContain(
      "2 people of members: from ai-api-access:organization.members to ai-api-access:organization.membersFile",
    );
    expect(asked).toContain(
      "there is no terminal to give it in. Nothing was changed.\nNext: the same command with --yes\n",
    );
    await expect(moveTo(inFile(csv({ [ADA]: ["ai-editor"] })))).rejects.toThrow(`${ALAN} with ai-reader`);
    expect(twin.stateText()).toBe(state);
  });

  test("a move and the up after it make no write", async () => {
    twin.clearRequests();
    expect(await moveTo(inFile(csv(people)))).toContain(unchanged);
    await twin.run("up", inFile(csv(people)));
    expect(twin.writes()).toEqual([]);
    expect(await holdings()).toEqual(people);
  });

  test("who is then taken out of the file leaves", async () => {
    await twin.run("up", inFile(csv({ [ALAN]: [] })));
    expect(await holdings()).toEqual({ [ALAN]: [] });
  });

  test("destroy removes nobody one by one, and leaves the tenants as they were", async () => {
    twin.clearRequests();
    await twin.run("destroy", inFile(csv({ [ALAN]: [] })));
    expect(twin.requests().filter((line) => line.includes("/members"))).toEqual([]);
    expect(twin.holdings()).toBe(before);
  });
});

/** What is wrong with a members file, with the lines, all at once. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { emailOf, userId } from "@ai-api-access/testing/crowd.ts";
import { auth0Tenant } from "../src/auth0.ts";
import { declare, DeclarationError } from "../src/declaration.ts";
import type { Declaration, DeclarationOptions } from "../src/declaration.ts";
import { RosterTenant } from "./support/roster.ts";

const NOTHING = { emails: new Map<string, string>(), roles: new Map<string, string>() };
const STACK_ROLES = new Map([
  ["ai-reader", "rol_reader"],
  // As in a preview.
  ["ai-editor", undefined],
]);

let tenant: RosterTenant;
let folder = "";

beforeAll(async () => {
  tenant = await RosterTenant.create(250);
  folder = mkdtempSync(join(tmpdir(), "members-files-"));
});
afterAll(async () => {
  await tenant.close();
  rmSync(folder, { recursive: true, force: true });
});

function asked(name: string, known: DeclarationOptions["known"] = NOTHING): DeclarationOptions {
  const path = join(folder, name);
  return {
    path,
    name,
    stackRoles: STACK_ROLES,
    known,
    canInvite: true,
    tenant: () => auth0Tenant(tenant.client),
  };
}

function found(name: string, bytes: string | Uint8Array, known = NOTHING): Promise<Declaration> {
  writeFileSync(join(folder, name), bytes);
  return declare(asked(name, known));
}

async function mistakes(name: string, bytes: string | Uint8Array): Promise<readonly string[]> {
  try {
    await found(name, bytes);
    return [];
  } catch (error) {
    if (error instanceof DeclarationError) return error.mistakes;
    throw error;
  }
}

/** Everybody with their roles. */
async function people(name: string, bytes: string | Uint8Array): Promise<Record<string, string[]>> {
  const { people: declared } = await found(name, bytes);
  return Object.fromEntries([...declared].map(([user, roles]) => [user, [...roles]]));
}

const ada = userId(0);
const grace = userId(1);

describe("a members file", () => {
  test("all mistakes of a CSV file are reported with their lines", async () => {
    const many = Array.from({ length: 51 }, (_, number) => `role${String(number)}`).join(";");
    const lines = [
      "user,email,rolles",
      `${ada},,ai-reader`,
      "",
      `${ada},,`,
      ",ada@,",
      "ada@example.com,,",
      ",,ai-reader",
      `${grace},${emailOf(1)},`,
      `${userId(2)},,,,`,
      `${userId(3)},"a"b,`,
    ];
    expect(await mistakes("members.csv", lines.join("\r\n"))).toEqual([
      'members.csv:1: unknown column "rolles": there are user, email, roles, invite, note; did you mean roles?',
      "members.csv:3: this line is empty",
      `members.csv:4: ${ada} is on line 2 already`,
      'members.csv:5: "ada@" is no email address',
      'members.csv:6: "ada@example.com" is no user id: the identity provider, | and the id there, such as auth0|64f0…; ' +
        "to name a person by email, write it under email",
      "members.csv:7: this names nobody: there is neither a user nor an email",
      `members.csv:8: both user "${grace}" and email "${emailOf(1)}": with both, nobody could say which holds (to keep ` +
        "the other for people who read the file, write it under note)",
      "members.csv:9: 5 values for 3 columns",
      "members.csv:10: a quote is in the wrong place: a value with a quote in it is quoted, its quotes doubled",
    ]);
    const roles = await mistakes(
      "members.csv",
      `user,roles\n${ada},ai-reader;nobody;ai-reader\n${grace},${many}\n`,
    );
    expect(roles.slice(0, 2)).toEqual([
      'members.csv:2: the role "ai-reader" is there twice',
      'members.csv:2: unknown role "nobody": neither the stack nor the tenant has it',
    ]);
    expect(roles).toContain("members.csv:3: 51 roles: Auth0 allows a member at most 50");
  });

  test("all mistakes of a YAML file are reported with their lines", async () => {
    const text = [
      `- user: ${ada}`,
      "  roles: ai-reader",
      "- email: 7",
      `- user: ${grace}`,
      "  role: [ai-reader]",
      "- ada",
      `- user: ${ada}`,
      "  roles: [1]",
    ].join("\n");
    expect(await mistakes("members.yaml", text)).toEqual([
      "members.yaml:2: roles is no list: write [ai-reader, ai-editor]",
      "members.yaml:3: email is no text",
      "members.yaml:3: this names nobody: there is neither a user nor an email",
      'members.yaml:5: unknown key "role": there are user, email, roles, invite, note; did you mean roles?',
      "members.yaml:6: this is no person: each is an object with user or email, and roles",
      `members.yaml:7: ${ada} is on line 1 already`,
      "members.yaml:8: a role is no text",
    ]);
    expect(await mistakes("members.yml", "user: ada")).toEqual([
      "members.yml:1: this is no list: each person begins with `- user:` or `- email:`",
    ]);
  });

  test("a person named by id and by email, unknown and ambiguous emails are reported together", async () => {
    await tenant.byHand("POST", "/connections", { name: "another", strategy: "auth0" });
    const twin = { connection: "another", email: emailOf(2), password: "pW7-correct-horse", user_id: "twin" };
    await tenant.byHand("POST", "/users", twin);
    const text = [
      "user,email",
      `${ada},`,
      `,${emailOf(0)}`,
      ",nobody@example.com",
      `,${emailOf(2)}`,
      ",noone@example.com",
    ];
    expect(await mistakes("members.csv", text.join("\n"))).toEqual([
      `members.csv:3: ${emailOf(0)} is ${ada}, who is on line 2 already`,
      "members.csv:4: no user of the tenant has the email nobody@example.com",
      expect.stringMatching(
        /^members\.csv:5: 2 users have the email person2@example\.com: .*Username-Password-Authentication.*another.*; name the one you mean by user$/,
      ),
      "members.csv:6: no user of the tenant has the email noone@example.com",
    ]);
  });

  test("an unknown email is invited where its line says so, and there is an application to log in to", async () => {
    const csv = `user,email,roles,invite\n,New@example.com,ai-reader,TRUE\n,${emailOf(0)},,true\n`;
    const yaml = `- email: new@example.com\n  roles: [ai-reader]\n  invite: true\n- user: ${ada}\n  invite: false\n`;
    for (const [name, text] of [
      ["members.csv", csv],
      ["members.yaml", yaml],
    ] as const) {
      const { invited, people: declared } = await found(name, text);
      expect(invited).toEqual(new Map([["new@example.com", new Set(["rol_reader"])]]));
      expect([...declared.keys()]).toEqual([ada]);
    }
    const wrong = [
      "user,email,invite",
      `${grace},,true`,
      ",noone@example.com,maybe",
      ",nobody@example.com,false",
    ];
    expect(await mistakes("members.csv", wrong.join("\n"))).toEqual([
      `members.csv:2: ${grace} has an account: only people named by email are invited`,
      'members.csv:3: invite is true or false, and not "maybe"',
      "members.csv:3: no user of the tenant has the email noone@example.com",
      "members.csv:4: no user of the tenant has the email nobody@example.com",
    ]);
    writeFileSync(join(folder, "members.csv"), csv);
    await expect(declare({ ...asked("members.csv"), canInvite: false })).rejects.toThrow(
      /^members\.csv:2: nobody of the email new@example\.com can be invited: .*set loginApp\.initiateLoginUri/,
    );
  });

  test("other encodings are not taken for wrong lines", async () => {
    const latin = Buffer.concat([
      Buffer.from(`user,note\n${ada},Andr`),
      Buffer.from([0xe9]),
      Buffer.from("\n"),
    ]);
    expect(await mistakes("members.csv", latin)).toEqual([
      "members.csv:2: this is not UTF-8: save the file as CSV UTF-8",
    ]);
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`user\n${ada}\n`, "utf16le")]);
    expect(await mistakes("members.csv", wide)).toEqual([
      "members.csv: this is UTF-16, which some programs call Unicode text: save the file as CSV UTF-8",
    ]);
    const yaml = Buffer.concat([Buffer.from(`- user: ${ada}\n  note: Andr`), Buffer.from([0xe9])]);
    expect(await mistakes("members.yaml", yaml)).toEqual([
      "members.yaml:2: this is not UTF-8: save the file as UTF-8",
    ]);
  });

  test("a file that is missing, of another format, without columns or without anybody is not read as an empty one", async () => {
    await expect(declare(asked("none.csv"))).rejects.toThrow(
      `none.csv: there is no such file (looked for ${join(folder, "none.csv")})`,
    );
    expect(await mistakes("members.xlsx", "")).toEqual([
      "members.xlsx: a members file ends in .csv, .yaml or .yml",
    ]);
    expect(await mistakes("members.csv", `${ada},ai-reader\n`)).toContain(
      "members.csv:1: the first line names the columns, and there is neither user nor email: begin with user,roles",
    );
    for (const [name, text] of [
      ["members.csv", "user,roles\n"],
      ["members.csv", ""],
      ["members.yaml", ""],
    ] as const) {
      expect(await mistakes(name, text)).toEqual([
        `${name}: there is nobody in it, which would take everybody out; if that is what you want, remove the key membersFile`,
      ]);
    }
  });

  test("a byte-order mark, either line end, semicolons, quotes and any case of emails are read alike", async () => {
    const wanted = { [ada]: ["rol_reader", "?ai-editor"], [grace]: [] };
    for (const text of [
      `user,email,roles\n${ada},,ai-reader;ai-editor\n,${emailOf(1)},\n`,
      `\uFEFFuser,email,roles\r\n${ada},,ai-reader;ai-editor\r\n,Person1@Example.com,`,
      `\uFEFFuser;email;roles\r\n${ada};;"ai-reader;ai-editor"\r\n;${emailOf(1)};\r\n`,
      `User\tEmail\tRoles\n"${ada}"\t\tai-reader ; ai-editor\n\t${emailOf(1)}\t\n`,
    ]) {
      expect(await people("members.csv", text)).toEqual(wanted);
    }
    const yaml = `\uFEFF- user: ${ada}\r\n  roles: [ai-reader, ai-editor]\r\n- email: ${emailOf(1)}\r\n`;
    expect(await people("members.yaml", yaml)).toEqual(wanted);
  });

  test("an id of an identity provider that has blanks in it is an id", async () => {
    const ids = "user\nsamlp|acme|Ada Lovelace\n";
    expect(await people("members.csv", ids)).toEqual({ "samlp|acme|Ada Lovelace": [] });
  });

  test("who is found by an email that is not verified is named, where strangers can make themselves such an account", async () => {
    const email = "unverified@example.com";
    const user = { connection: "Username-Password-Authentication", email, password: "Aa1!Aa1!Aa1!Aa1!" };
    const made = z.object({ user_id: z.string() }).parse(await tenant.byHand("POST", "/users", user));
    writeFileSync(join(folder, "emails.csv"), `email\n${emailOf(0)}\n${email}\n`);
    const unverified = async (openStrategies: readonly string[]) =>
      (await declare({ ...asked("emails.csv"), openStrategies })).unverified;

    expect(await unverified(["auth0"])).toEqual([`emails.csv:3: ${email} is ${made.user_id}`]);
    expect(await unverified(["google-oauth2"])).toEqual([]);
  });

  test("emails are asked for fifty at a time, and not again", async () => {
    const text = ["email", ...Array.from({ length: 240 }, (_, number) => emailOf(number + 3))].join("\n");
    tenant.takeRequests();
    const { emails } = await found("members.csv", text);
    expect(tenant.takeRequests().map((line) => line.split("?")[0])).toEqual(Array(5).fill("GET /users"));
    const again = await found("members.csv", text, { ...NOTHING, emails: new Map(emails) });
    expect(again.people.size).toBe(240);
    expect(tenant.takeRequests()).toEqual([]);
  });

  test("a role that the stack does not declare is found by its name, and not asked for again", async () => {
    const text = `user,roles\n${ada},reader;rol_AbCdEf1234567890\n`;
    const { people: declared, roles } = await found("members.csv", text);
    expect([...(declared.get(ada) ?? [])]).toEqual([tenant.roles[0], "rol_AbCdEf1234567890"]);
    tenant.takeRequests();
    expect((await declare(asked("members.csv", { ...NOTHING, roles }))).people).toEqual(declared);
    expect(tenant.takeRequests()).toEqual([]);
  });
});

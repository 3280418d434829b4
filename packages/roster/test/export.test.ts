/** The members file of an organization that exists: written, and read back as it is. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { z } from "zod";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { userId } from "@ai-api-access/testing/crowd.ts";
import { readCsv } from "../src/file/csv.ts";
import { csvOf } from "../src/file/write.ts";
import { RosterTenant } from "./support/roster.ts";
import { seeded } from "@ai-api-access/testing/seeded.ts";

let tenant: RosterTenant;
let folder = "";

beforeAll(async () => {
  tenant = await RosterTenant.create(150);
  folder = mkdtempSync(join(tmpdir(), "members-export-"));
  writeFileSync(join(folder, "ca.pem"), tenant.certificate);
});
afterAll(async () => {
  await tenant.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command as a person would. */
async function members(...args: string[]): Promise<{ code: number | null; output: string }> {
  const { clientId, clientSecret } = tenant.tenant.management;
  const child = spawn(
    process.execPath,
    [join(repositoryRoot, "packages/cli/src/main.ts"), "members", ...args],
    {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        AUTH0_DOMAIN: tenant.tenant.domain,
        AUTH0_CLIENT_ID: clientId,
        AUTH0_CLIENT_SECRET: clientSecret,
        SSL_CERT_FILE: join(folder, "ca.pem"),
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => said.push(String(text)));
  await once(child, "close");
  return { code: child.exitCode, output: said.join("") };
}

const text = (name = "members.csv") => readFileSync(join(folder, name), "utf8");

test("everybody is in the file with the names of their roles, a hundred a call, and no role is lost", async () => {
  const [reader, editor] = tenant.roles;
  for (let from = 0; from < 150; from += 10) {
    await tenant.join(...Array.from({ length: 10 }, (_, at) => userId(from + at)));
  }
  await tenant.give(userId(1), reader, editor);
  const role = z.object({ id: z.string() });
  const formula = role.parse(await tenant.byHand("POST", "/roles", { name: '=HYPERLINK("x")' })).id;
  const odd = role.parse(await tenant.byHand("POST", "/roles", { name: "read;write" })).id;
  await tenant.give(userId(2), formula);
  await tenant.give(userId(3), odd);
  tenant.takeRequests();

  const { code, output } = await members("export", tenant.organization);
  expect(output).toBe(`members.csv: 150 people of ${tenant.organization}\n`);
  expect(code).toBe(0);
  expect(tenant.takeRequests()).toHaveLength(2);
  const lines = text().split("\n");
  expect(lines).toHaveLength(152);
  expect(lines.slice(0, 5)).toEqual([
    "user,roles,note",
    `${userId(0)},,person0@example.com`,
    `${userId(1)},"editor;reader",person1@example.com`,
    `${userId(2)},"'=HYPERLINK(""x"")",person2@example.com`,
    `${userId(3)},${odd},person3@example.com`,
  ]);
  const { rows, mistakes } = readCsv(text());
  expect(mistakes).toEqual([]);
  expect(rows.slice(1, 4).map(({ roles }) => roles)).toEqual([
    ["editor", "reader"],
    ['=HYPERLINK("x")'],
    [odd],
  ]);
});

test("a file that is there is kept unless --force says otherwise, and an organization may be named", async () => {
  writeFileSync(join(folder, "mine.csv"), "mine");
  const refused = await members("export", "acme", "--out", "mine.csv");
  expect(refused).toEqual({
    code: 1,
    output: "mine.csv is there already.\nnext: --force replaces it, --out writes another\n",
  });
  expect(text("mine.csv")).toBe("mine");
  expect((await members("export", "acme", "--out", "mine.csv", "--force")).code).toBe(0);
  expect(text("mine.csv")).toBe(text());
  expect(readdirSync(folder).sort()).toEqual(["ca.pem", "members.csv", "mine.csv"]);
});

// Windows knows no such modes.
(process.platform === "win32" ? test.skip : test)("nobody else may read the file", () => {
  expect(statSync(join(folder, "members.csv")).mode & 0o777).toBe(0o600);
});

test("mistakes are reported together and leave nothing behind", async () => {
  expect(await members("export", "--out", "members.xlsx")).toEqual({
    code: 2,
    output: [
      "error:",
      "  got no organization; wants its id or name, or --stack. For example: org_L941CIyJzLJZI4K4",
      '  --out: got "members.xlsx"; wants a .csv file. For example: members.csv',
      "(--help says more)",
      "",
    ].join("\n"),
  });
  expect((await members("exprt", "acme")).output).toContain("(Did you mean export?)");
  expect((await members("export", "acme", "globex")).output).toContain("Expected 1 argument but got 2");
  const unknown = await members("export", "globex", "--out", "none.csv");
  expect(unknown.code).toBe(1);
  expect(unknown.output).toMatch(/^localhost:\d+ has no organization "globex"\./);
  const gone = await members("export", "org_AbCdEf1234567890", "--out", "none.csv");
  expect(gone.output).toMatch(/^Auth0 has no organization org_AbCdEf1234567890/);
  expect(existsSync(join(folder, "none.csv"))).toBe(false);
});

test("no cell begins as a formula does, whatever ends a cell, and what people are called is read back", () => {
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom("=1+1", "+a", "-a", "@a", "\t=a", "a;=b", 'a;"=b"', "a\n=b", "a,b", '"', "a\nb", "'=a"),
  );
  const entry = fc.record({
    user: fc.tuple(fc.uuid(), fc.constantFrom("", ";=a")).map(([id, end]) => `oidc|${id}${end}`),
    roles: fc.uniqueArray(fc.constantFrom("=a", "b", "+c d", "rol_1")),
    note: cell,
  });
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: ({ user }) => user }), (entries) => {
      const csv = csvOf(entries);
      const { rows, mistakes } = readCsv(csv);
      expect(mistakes).toEqual([]);
      expect(rows.map(({ user, roles }) => ({ user, roles }))).toEqual(
        entries.map(({ user, roles }) => ({ user, roles })),
      );
      const cells = z.array(z.array(z.string())).parse(parse(csv)).flat();
      expect(cells.filter((text) => /^[=+\-@\t\r]/.test(text))).toEqual([]);
      // Quotes at the beginning of a line hold whatever ends a cell.
      expect(csv.replaceAll(/^"oidc[^"]*"/gm, "")).not.toMatch(/[;\t][\s"]*[=+\-@]/);
    }),
    seeded(40),
  );
});

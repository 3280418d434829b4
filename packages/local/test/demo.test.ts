/** `npm run demo` as a person runs it: the table first, then signing in by hand in a browser. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Browser } from "../src/demo/browser.ts";
import { freePort } from "@ai-api-access/testing/ports.ts";
import { repositoryRoot } from "../src/machine/folders.ts";

const home = mkdtempSync(join(tmpdir(), "ai-api-access-demo-"));
let demo: ChildProcessByStdio<null, Readable, Readable>;
let ended: Promise<unknown>;
let said = "";
/** Where the demo says that one can sign in. */
let site = "";

beforeAll(async () => {
  // All is as in Pulumi.local.yaml but the port, which may be in use on this machine.
  const callback = `http://localhost:${String(await freePort())}/callback`;
  const main = join(repositoryRoot, "packages/cli/src/main.ts");
  demo = spawn(
    process.execPath,
    [main, "local", "demo", "--providers", "stand-in", "-c", `loginApp.callbacks=[${callback}]`],
    { env: { ...process.env, AI_API_ACCESS_TWIN: home }, stdio: ["ignore", "pipe", "pipe"] },
  );
  ended = once(demo, "close");
  site = await new Promise((ready, fail) => {
    for (const stream of [demo.stdout, demo.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        const found = /Sign in by hand: +(http:\S+)/.exec(said)?.[1];
        if (found !== undefined) ready(found);
      });
    }
    void ended.then(() => {
      fail(new Error(said));
    });
  });
});
afterAll(async () => {
  demo.kill("SIGKILL");
  await ended;
  rmSync(home, { recursive: true, force: true });
});

test("every call of the demo's table goes as expected", () => {
  const rows = said.split("\n").filter((line) => line.startsWith("│ "));
  const cells = rows.slice(1).map((line) => line.split("│").map((cell) => cell.trim()));
  expect(cells.map(([, mark, caller, , expected, happened]) => [mark, caller, expected, happened])).toEqual([
    ["✓", "nobody", "401", "401"],
    ["✓", "Okta service app", "200", "200"],
    ["✓", "Okta service app", "403 insufficient_scope", "403 insufficient_scope"],
    ["✓", "Okta service app", "201", "201"],
    ["✓", "Ada, ai-editor", "201", "201"],
    ["✓", "Grace, ai-reader", "200", "200"],
    ["✓", "Grace, ai-reader", "403 insufficient_scope", "403 insufficient_scope"],
    ["✓", "Alan, no member", "refused at login: access_denied", "refused at login: access_denied"],
    ["✓", "a thief of Ada's token", "401 invalid_token", "401 invalid_token"],
    ["✓", "another application", "refused at login: invalid_request", "refused at login: invalid_request"],
    [
      "✓",
      "a stranger who signed up elsewhere",
      "refused at login: access_denied",
      "refused at login: access_denied",
    ],
    ["✓", "Ada, in another organization", "401 invalid_token", "401 invalid_token"],
    ["✓", "Okta service app", "401 invalid_token", "401 invalid_token"],
    ["✓", "a forger", "401 invalid_token", "401 invalid_token"],
    ["✓", "Ada's assistant, ai-editor", "ask, teach", "ask, teach"],
    ["✓", "Ada's assistant, ai-editor", "answered", "answered"],
    ["✓", "Ada's assistant, ai-editor", "403 (ai:read ai:write), taught", "403 (ai:read ai:write), taught"],
    ["✓", "Grace's assistant, ai-reader", "answered", "answered"],
    ["✓", "Grace's assistant, ai-reader", "403 (ai:read ai:write)", "403 (ai:read ai:write)"],
    [
      "✓",
      "Alan's assistant, no member",
      "refused at login: access_denied",
      "refused at login: access_denied",
    ],
    ["✓", "Okta service app, over MCP", "ask, teach", "ask, teach"],
    ["✓", "Okta service app, over MCP", "answered", "answered"],
    ["✓", "Okta service app, over MCP", "403 (ai:read ai:write)", "403 (ai:read ai:write)"],
    ["✓", "Okta service app, over MCP", "taught", "taught"],
  ]);
});

test.each([
  [
    "grace@example.com",
    ["Signed in as grace@example.com", "GET /v1/answers (wants ai:read)", "200", "403 insufficient_scope"],
  ],
  ["alan@example.com", ["Not signed in", "access_denied"]],
])("%s signs in by hand over plain HTTP and sees what the API says", async (email, seen) => {
  const login = await fetch(`${site}/login`, { redirect: "manual" });
  const url = new URL(login.headers.get("location") ?? "");
  expect(url.protocol).toBe("http:");
  const browser = new Browser(url.origin);
  const back = await browser.submit(await browser.open(url), { username: email, password: "Local-twin-1" });
  expect(back.url.origin).toBe(site);
  const page = await (await fetch(back.url)).text();
  for (const text of seen) expect(page).toContain(text);
});

test("Ctrl-C ends the demo in order, and no secret was said", async () => {
  demo.kill("SIGINT");
  await ended;
  expect(demo.exitCode).toBe(0);
  expect(said).not.toMatch(/eyJ[\w-]+\.|client_?secret\W+[\w-]{20}/i);
  expect(readdirSync(join(home, "demo", "tenants"))).not.toContain("running.json");
});

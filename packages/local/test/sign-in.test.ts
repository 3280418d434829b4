/**
 * The stack of `npm start`, as its file declares it, and with sign-in at the local Okta org besides: its people sign in
 * to it, and nobody else does.
 */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { findBrowser, NO_BROWSER, startBrowser } from "@ai-api-access/testing/browser.ts";
import { freePort } from "@ai-api-access/testing/ports.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";
import { z } from "zod";
import { Browser } from "../src/demo/browser.ts";
import { signInOutputsSchema } from "../src/demo/outputs.ts";
import { loginApplication, signInAtOkta } from "../src/demo/people.ts";
import { readApplication } from "../src/demo/tenant.ts";
import { trustLocalCa } from "../src/demo/trust.ts";
import { repositoryRoot } from "../src/machine/folders.ts";

let twin: TestTwin;
let command: ChildProcessByStdio<null, Readable, Readable>;
/** What `npm start` said. */
let started = "";
let site = "";

beforeAll(async () => {
  twin = await TestTwin.start();
  const callback = `http://localhost:${String(await freePort())}/callback`;
  const { code, output } = await twin.command("start --providers stand-in", {
    "ai-api-access:loginApp.callbacks": [callback],
    "ai-api-access:organization.connections": [
      { existing: "Username-Password-Authentication" },
      { okta: "company-okta", displayName: "Okta", groups: ["Everyone"] },
      { google: "company-google", clientId: "g1", openToAnyone: true },
      { github: "company-github", clientId: "h1" },
    ],
    "ai-api-access:connectionSecrets": { "company-google": "g-secret", "company-github": "h-secret" },
  });
  if (code !== 0) throw new Error(output);
  started = output;
  command = spawn(process.execPath, [join(repositoryRoot, "packages/cli/src/main.ts"), "local", "sign-in"], {
    env: { ...process.env, AI_API_ACCESS_TWIN: twin.home.folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  site = await new Promise((ready, fail) => {
    let said = "";
    for (const stream of [command.stdout, command.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        const found = /Sign in by hand: +(http:\S+)/.exec(said)?.[1];
        if (found !== undefined) ready(found);
      });
    }
    command.once("close", () => {
      fail(new Error(said));
    });
  });
});
afterAll(async () => {
  const ended = once(command, "close");
  command.kill("SIGINT");
  await ended;
  await twin.close();
});

test("npm start ends with how to sign in, where no terminal waits for it", () => {
  expect(started.trimEnd().split("\n").at(-1)).toBe(
    "Sign in as ada, grace or alan@example.com:   npx ai-api-access local sign-in",
  );
});

test.each([
  ["ada@example.com", ["Signed in as ada@example.com", "<strong>200</strong>", "<strong>201</strong>"]],
  ["grace@example.com", ["Signed in as grace@example.com", "<strong>403 insufficient_scope</strong>"]],
  ["alan@example.com", ["Not signed in", "access_denied"]],
])("%s signs in to the stack of npm start, as its members say", async (email, seen) => {
  const login = await fetch(`${site}/login`, { redirect: "manual" });
  const url = new URL(login.headers.get("location") ?? "");
  const browser = new Browser(url.origin);
  const back = await browser.submit(await browser.open(url), { username: email, password: "Local-twin-1" });
  expect(back.url.origin).toBe(site);
  const page = await (await fetch(back.url)).text();
  for (const text of seen) expect(page).toContain(text);
});

test.each([
  ["Google", "company-google", ["Signed in as hedy@example.net", "<strong>403 insufficient_scope</strong>"]],
  // Anybody may have an account there, and the stack does not say that anybody may come in.
  ["GitHub", "company-github", ["Not signed in", "access_denied"]],
])(
  "somebody of %s signs in to a stack that has it, on the page in its place",
  async (_, connection, seen) => {
    const login = await fetch(`${site}/login`, { redirect: "manual" });
    const url = new URL(login.headers.get("location") ?? "");
    const browser = new Browser(url.origin);
    const picker = await browser.submit(await browser.open(url), { connection });
    const back = await browser.submit(picker, { choice: "hedy@example.net" });
    expect(back.url.origin).toBe(site);
    const page = await (await fetch(back.url)).text();
    for (const text of seen) expect(page).toContain(text);
  },
);

test("somebody of the Okta org signs in there without a browser, as in the demo's table", async () => {
  const { access } = twin.tenants;
  trustLocalCa(access.caFile);
  const { appConfig } = signInOutputsSchema.parse(await (await twin.open()).outputs());
  const known = await readApplication(access, appConfig.auth0.clientId ?? "");
  const application = await loginApplication(appConfig, known, known.callbacks[0] ?? "");
  const token = await signInAtOkta(application, "company-okta", "margaret@example.com");
  expect(token.split(".")).toHaveLength(3);
});

const executable = findBrowser();
if (executable === undefined) console.warn(NO_BROWSER);

(executable === undefined ? describe.skip : describe)("in a browser", () => {
  test("a person of the Okta org signs in there, comes back as a member, and opens the API with a role", async () => {
    const browser = await startBrowser(executable ?? "");
    try {
      const signIn = async () => {
        const page = await (await browser.newContext()).newPage();
        await page.goto(`${site}/login`);
        await page.getByRole("button", { name: "Continue with Okta" }).click();
        expect(new URL(page.url()).origin).toBe(twin.tenants.access.okta.origin);
        if (process.env.AI_API_ACCESS_SCREENSHOT === "1") await page.screenshot({ path: OKTA_PAGE });
        await page.getByLabel("Username").fill("katherine@example.com");
        await page.getByLabel("Password").fill("Local-twin-1");
        await page.getByRole("button", { name: "Sign in" }).click();
        await page.waitForURL(`${site}/**`);
        return (await page.textContent("body")) ?? "";
      };

      const first = await signIn();
      expect(first).toContain("Signed in as katherine@example.com");
      expect(first).toContain("403 insufficient_scope");

      const user = z.object({ user_id: z.string() });
      const [{ user_id: id }] = await twin.read(
        "auth0",
        "/users?q=email:katherine@example.com&search_engine=v3",
        z.tuple([user]),
      );
      expect(id).toMatch(/^okta\|company-okta\|/);
      const outputs = z
        .object({
          organizationId: z.object({ value: z.string() }),
          roleIds: z.object({ value: z.record(z.string(), z.string()) }),
        })
        .parse(await (await twin.open()).stack.outputs());
      await twin.byHand(
        "auth0",
        "POST",
        `/organizations/${outputs.organizationId.value}/members/${encodeURIComponent(id)}/roles`,
        { roles: [outputs.roleIds.value["ai-reader"]] },
      );
      expect(await signIn()).toContain("200");
    } finally {
      await browser.close();
    }
  });
});

/** `AI_API_ACCESS_SCREENSHOT=1` writes the page as it looks for docs/organizations.md. */
const OKTA_PAGE = join(repositoryRoot, "docs", "okta-sign-in.png");

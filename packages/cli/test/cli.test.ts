/** The one command: its subcommands, how it answers a wrong use, and that it runs on whatever Node is on PATH. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { createProgram } from "../src/cli.ts";
import { MASKED } from "./app-config/command.ts";
import { runCommand } from "./run-command.ts";

const MAIN = join(import.meta.dirname, "../src/main.ts");

const SUBCOMMANDS = [
  "doctor",
  "adopt",
  "recover",
  "keys",
  "fleet",
  "pr-preview",
  "app-config",
  "members",
  "local",
  "tenants",
  "replay",
];

test("has these subcommands, each with a line in the help", async () => {
  const { commands } = createProgram(() => Promise.resolve());
  expect(commands.map((command) => command.name())).toEqual(SUBCOMMANDS);
  const { out } = await runCommand(["--help"]);
  for (const command of commands) {
    expect(out).toMatch(new RegExp(`^ +${command.name()} `, "m"));
    expect(command.description()).not.toBe("");
  }
});

describe.each(SUBCOMMANDS)("%s", (name) => {
  test("has its own help", async () => {
    const { code, out } = await runCommand([name, "--help"]);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: ai-api-access ${name}`);
  });

  test("mistyped, is suggested", async () => {
    const { code, said } = await runCommand([`${name}s`]);
    expect(code).toBe(2);
    expect(said).toContain(`(Did you mean ${name}?)`);
  });
});

test("without a subcommand it is help, and a wrong use", async () => {
  const { code, out, said } = await runCommand([]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(said).toContain("Usage: ai-api-access");
});

test.each([
  ["keys", "nwe", "new"],
  ["local", "prview", "preview"],
  ["members", "exprt", "export"],
])("%s: a word after it, mistyped, is answered by the nearest", async (name, word, nearest) => {
  const { code, said } = await runCommand([name, word]);
  expect(code).toBe(2);
  expect(said).toContain(`(Did you mean ${nearest}?)`);
});

test.each(["pr-preview", "adopt"])(
  "a wrong use of %s ends with 1: 2 says something else there",
  async (name) => {
    const { code, said } = await runCommand([name]);
    expect(code).toBe(1);
    expect(said).toContain("required option");
  },
);

test("an option that is not known is a wrong use, and the nearest is suggested", async () => {
  const { code, said } = await runCommand(["app-config", "--stak", "dev"]);
  expect(code).toBe(2);
  expect(said).toContain("(Did you mean --stack?)");
});

test("an error for the user comes without a stack trace", async () => {
  const { code, said } = await runCommand(["app-config", "--from", "missing.json"]);
  expect(code).toBe(2);
  expect(said).toMatch(/^The outputs cannot be read from missing\.json: /);
  expect(said).not.toMatch(/^ +at /m);
});

test("Ctrl-C lets a command end in order", async () => {
  const home = mkdtempSync(join(tmpdir(), "ai-api-access-cli-"));
  const child = spawn(process.execPath, [MAIN, "tenants", "--auth0-port", "0", "--okta-port", "0"], {
    env: { ...process.env, AI_API_ACCESS_TWIN: home },
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    const ended = once(child, "close");
    for await (const text of child.stdout.setEncoding("utf8")) {
      if (String(text).includes("Ctrl-C stops serving")) break;
    }
    child.kill("SIGINT");
    await ended;
    expect({ code: child.exitCode, said }).toEqual({
      code: 0,
      said: "\nStopping: what is under way is finished and saved.\n",
    });
    const left = ["running.json", "environment.sh"].filter((file) => existsSync(join(home, "tenants", file)));
    expect(left).toEqual([]);
  } finally {
    child.kill("SIGKILL");
    rmSync(home, { recursive: true, force: true });
  }
});

test("the bin of the package runs it, with what comes through standard input", () => {
  const bin = join(import.meta.dirname, "../bin/ai-api-access.mjs");
  const input = JSON.stringify({ appConfig: MASKED });
  const out = execFileSync(process.execPath, [bin, "app-config", "--from", "-"], {
    input,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
  });
  expect(out).toContain(`AI_API_AUTH0_ISSUER=${MASKED.auth0.issuer}\n`);
});

/** The one command: its subcommands, how it answers a wrong use, and that it runs on whatever Node is on PATH. */
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import { join } from "node:path";
import { createProgram } from "../src/cli.ts";
import { MASKED } from "./app-config/command.ts";
import { runCommand } from "./run-command.ts";

const SUBCOMMANDS = [
  "doctor",
  "adopt",
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
  const { commands } = createProgram();
  expect(commands.map((command) => command.name())).toEqual(SUBCOMMANDS);
  const { out } = await runCommand(["--help"]);
  for (const command of commands) expect(out).toContain(command.description().slice(0, 40));
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

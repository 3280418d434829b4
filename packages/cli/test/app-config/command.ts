/** The command, run in this process on outputs of a file, with all that it says. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appConfig } from "../../src/app-config/command.ts";
import type { AppConfigValues } from "../../src/app-config/contract.ts";

export const SECRET = "kT9vXw2LrQ8sPz4mTheOneThatNobodyMayRead";

export const CONFIG: AppConfigValues = {
  auth0: {
    issuer: "https://acme.us.auth0.com/",
    audience: "https://ai.example.com",
    organizationId: "org_6WDCFcNyprPeMcHi",
    organizationName: "my-awesome-company",
    organizationDomain: "acme.us.auth0.com",
    clientId: "uoAY8d2jjN6UZ8RihTT2CJxSCSbaSakJ",
  },
  okta: {
    issuer: "https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9",
    tokenEndpoint: "https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9/v1/token",
    audience: "https://ai.example.com",
    clientId: "0oa1a2b3c4d5e6f7g8h9",
    clientSecret: SECRET,
    scopes: ["ai:read", "ai:write"],
  },
};

/** As the engine prints it without `--show-secrets`. */
export const MASKED: AppConfigValues = { ...CONFIG, okta: { ...CONFIG.okta, clientSecret: "[secret]" } };

/** The configuration without its secret. */
export function withoutSecret({ auth0, okta }: AppConfigValues): AppConfigValues {
  return { auth0, okta: without(okta, "clientSecret") };
}

/** An object without one of its fields. */
export function without<T extends object, K extends keyof T>(object: T, field: K): Omit<T, K> {
  const copy = { ...object };
  Reflect.deleteProperty(copy, field);
  return copy;
}

export interface Ran {
  readonly code: number;
  /** What it printed for programs. */
  readonly out: string;
  /** What it said for people. */
  readonly said: string;
}

/** A folder of a test's own, with a file of outputs in it. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "app-config-"));

  file(name: string): string {
    return join(this.path, name);
  }

  /** Runs the command on these outputs, read at a time (by default 2026-01-01). */
  async run(config: unknown, args: string, { at = "2026-01-01T00:00:00Z" } = {}): Promise<Ran> {
    const outputs = this.file("outputs.json");
    writeFileSync(outputs, typeof config === "string" ? config : JSON.stringify({ appConfig: config }));
    utimesSync(outputs, new Date(at), new Date(at));
    return runCommand(["--from", outputs, ...words(args, this.path)]);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export async function runCommand(args: readonly string[]): Promise<Ran> {
  const out: string[] = [];
  const said: string[] = [];
  const code = await appConfig(args, { print: (text) => out.push(text), say: (line) => said.push(line) });
  return { code, out: out.join(""), said: said.join("\n") };
}

/** A file after `--out` is one of the folder. */
function words(args: string, folder: string): string[] {
  const list = args.split(" ").filter((word) => word !== "");
  return list.map((word, index) => (list[index - 1] === "--out" ? join(folder, word) : word));
}

/** `app-config`, run in this process on outputs of a file, with all that it says. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CONFIG } from "@ai-api-access/testing/app-config.ts";
import type { AppConfigValues } from "../../src/app-config/contract.ts";
import { runCommand, type Ran } from "../run-command.ts";

/** As the engine prints it without `--show-secrets`. */
export const MASKED: AppConfigValues = { ...CONFIG, okta: { ...CONFIG.okta, clientSecret: "[secret]" } };

/** A folder of a test's own, with a file of outputs in it. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "app-config-"));

  file(name: string): string {
    return join(this.path, name);
  }

  /** Runs the command on these outputs. */
  async run(config: unknown, args: string): Promise<Ran> {
    const outputs = this.file("outputs.json");
    writeFileSync(outputs, typeof config === "string" ? config : JSON.stringify({ appConfig: config }));
    return runCommand(["app-config", "--from", outputs, ...words(args, this.path)]);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A file after `--out` is one of the folder. */
function words(args: string, folder: string): string[] {
  const list = args.split(" ").filter((word) => word !== "");
  return list.map((word, index) => (list[index - 1] === "--out" ? join(folder, word) : word));
}

import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { ENGINE_VERSION } from "@ai-api-access/local/engine/version.ts";
import { ok, wrong, type Check } from "./check.ts";

/** The tools of this machine. */
export interface Tools {
  /** `24.21.0`: the Node that runs the program; `undefined` when there is none on PATH. */
  readonly node: string | undefined;
  /** The Pulumi CLI; `undefined` when there is none on PATH. */
  readonly pulumi: { readonly command: string; readonly version: string } | undefined;
  /** Whether the CLI has to start the program itself; the twin's commands do that. */
  readonly needsLanguageHost: boolean;
}

/** As `tools/check-node.cjs` asks for. */
const OLDEST_NODE = "22.19.0";

/** Old tools, missing ones; one tick when all is well. */
export function checkTools({ node, pulumi, needsLanguageHost }: Tools): Check[] {
  const wrongs: Check[] = [];
  const newer = "install Node 22.19 or newer (https://nodejs.org)";
  if (node === undefined) {
    wrongs.push(wrong("tools", "there is no Node on PATH, and the Pulumi CLI runs the program on it", newer));
  } else if (isOlder(node, OLDEST_NODE)) {
    wrongs.push(wrong("tools", `Node ${node}, which runs the program, is too old`, newer));
  }
  if (pulumi === undefined) {
    wrongs.push(
      wrong(
        "tools",
        "there is no Pulumi CLI on PATH",
        `install ${ENGINE_VERSION} or newer (https://www.pulumi.com/docs/install/)`,
      ),
    );
  } else if (isOlder(pulumi.version, ENGINE_VERSION)) {
    wrongs.push(
      wrong(
        "tools",
        `Pulumi CLI ${pulumi.version} is too old`,
        `install ${ENGINE_VERSION} or newer (https://www.pulumi.com/docs/install/)`,
      ),
    );
  } else if (needsLanguageHost && !hasLanguageHost(pulumi.command)) {
    wrongs.push(
      wrong(
        "tools",
        `${pulumi.command} is the bare engine: pulumi-language-nodejs is missing`,
        "install the Pulumi CLI whole (https://www.pulumi.com/docs/install/)",
      ),
    );
  }
  if (wrongs.length > 0) return wrongs;
  return [ok("tools", `Node ${node ?? ""}, Pulumi CLI ${pulumi?.version ?? ""}`)];
}

function hasLanguageHost(command: string): boolean {
  const name = `pulumi-language-nodejs${process.platform === "win32" ? ".exe" : ""}`;
  const folders = [dirname(command), ...(process.env.PATH ?? "").split(delimiter)];
  return folders.some((folder) => existsSync(join(folder, name)));
}

function isOlder(version: string, oldest: string): boolean {
  const [a, b] = [version, oldest].map((text) => text.split(/[.-]/).map(Number));
  for (const part of [0, 1, 2]) {
    const difference = (a?.[part] ?? 0) - (b?.[part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

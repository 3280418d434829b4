/**
 * `npm run witnesses`: fetches the clients of others that the tenants are tried with, once for all clones of a machine.
 * What cannot be had is left out, with the reason: the tests say then what they skip.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "@ai-api-access/emulator-core/machine/cache.ts";
import { waitForLock } from "@ai-api-access/emulator-core/machine/lock.ts";
import { messageOf } from "@ai-api-access/user-error";

interface Witness {
  /** The files, in the folder of its name, by which it is another one when they change. */
  readonly files: readonly string[];
  readonly commands: (folder: string, sources: string) => readonly (readonly [string, ...string[]])[];
}

const WITNESSES = {
  "okta-sdk": {
    files: ["requirements.txt"],
    commands: (folder, sources) => [
      ["python3", "-m", "venv", folder],
      [join(folder, "bin/pip"), "install", "--quiet", "--requirement", join(sources, "requirements.txt")],
    ],
  },
  "relying-party": {
    files: ["main.go", "go.mod", "go.sum"],
    commands: (folder, sources) => [["go", "build", "-C", sources, "-o", join(folder, "relying-party"), "."]],
  },
  "deploy-cli": {
    files: ["version.txt"],
    commands: (folder, sources) => {
      const version = readFileSync(join(sources, "version.txt"), "utf8").trim();
      return [
        ["npm", "install", "--no-audit", "--no-fund", "--prefix", folder, `auth0-deploy-cli@${version}`],
      ];
    },
  },
} as const satisfies Record<string, Witness>;

const sourcesOf = (name: string) => join(import.meta.dirname, name);

/** Where a witness lies, or is to lie, on this machine. */
function folderOf(name: keyof typeof WITNESSES): string {
  const hash = createHash("sha256");
  for (const file of WITNESSES[name].files) hash.update(readFileSync(join(sourcesOf(name), file)));
  return cacheFolder("witnesses", `${name}-${hash.digest("hex").slice(0, 16)}`);
}

/** The folder of a witness that is installed; empty, with a line that says so, where it is not. */
export function installed(name: keyof typeof WITNESSES): string {
  const folder = folderOf(name);
  if (existsSync(join(folder, "installed"))) return folder;
  console.warn(
    `Skipped: ${name} is not on this machine. \`npm run witnesses\` fetches it, where its registry is at hand.`,
  );
  return "";
}

function install(name: keyof typeof WITNESSES): void {
  const folder = folderOf(name);
  const done = join(folder, "installed");
  if (existsSync(done)) return;
  try {
    for (const [command, ...words] of WITNESSES[name].commands(folder, sourcesOf(name))) {
      execFileSync(command, words, { stdio: ["ignore", "ignore", "pipe"], timeout: 600_000 });
    }
    writeFileSync(done, "");
  } catch (error) {
    rmSync(folder, { recursive: true });
    console.warn(`${name} cannot be had here: ${messageOf(error).slice(0, 500)}`);
  }
}

if (import.meta.main) {
  const lock = await waitForLock(join(cacheFolder("witnesses"), "lock.sqlite"));
  install("okta-sdk");
  install("relying-party");
  install("deploy-cli");
  lock.release();
}

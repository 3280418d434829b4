/** The folder in which the local twin keeps everything of one stack; git ignores it. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { repositoryRoot } from "./machine/folders.ts";

/** Absolute paths below the twin's folder. */
export interface TwinHome {
  readonly folder: string;
  /** The generated Pulumi project: `Pulumi.yaml` and `Pulumi.local.yaml` made from the repository's. */
  readonly project: string;
  /** The file backend: stacks, history, locks. */
  readonly state: string;
  /** `PULUMI_HOME` of the local runs. */
  readonly pulumiHome: string;
  /** The tenants' databases, and which tenants serve at the moment. */
  readonly tenants: string;
  /** The passphrase that encrypts secrets in the local state; made at random, readable by its user alone. */
  readonly passphraseFile: string;
  /** Held by the command at work: two at once would meet in the same stack. */
  readonly lockFile: string;
  /** Exists from before a change until it ended in order; what it leaves behind asks for recovery. */
  readonly unfinishedFile: string;
}

/** Held by the demo, whose home is a folder of its own in this one. */
export function demoLockFile({ folder }: TwinHome): string {
  return join(folder, "demo.lock.sqlite");
}

/**
 * The twin's home, made if missing.
 *
 * @param folder by default `.twin` in the repository, or `AI_API_ACCESS_TWIN`
 */
export function twinHome(folder = process.env.AI_API_ACCESS_TWIN ?? join(repositoryRoot, ".twin")): TwinHome {
  const root = resolve(folder);
  const home: TwinHome = {
    folder: root,
    project: join(root, "project"),
    state: join(root, "state"),
    pulumiHome: join(root, "pulumi"),
    tenants: join(root, "tenants"),
    passphraseFile: join(root, "passphrase"),
    lockFile: join(root, "lock.sqlite"),
    unfinishedFile: join(root, "unfinished"),
  };
  for (const part of [home.project, home.state, home.pulumiHome, home.tenants]) {
    mkdirSync(part, { recursive: true, mode: 0o700 });
  }
  if (!existsSync(home.passphraseFile)) {
    writeFileSync(home.passphraseFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  }
  return home;
}

import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import type { SemVer } from "semver";

export interface FetchOptions {
  /** The CLI is to be at `root/bin/pulumi`. */
  readonly root: string;
  readonly version: SemVer;
  readonly onProgress: (line: string) => void;
  readonly signal: AbortSignal | undefined;
}

/** Downloads the CLI with the Automation API's own installer. */
export async function downloadEngine({ root, version, onProgress }: FetchOptions): Promise<void> {
  onProgress(`Downloading the Pulumi CLI ${version.version}.`);
  try {
    await PulumiCommand.install({ root, version });
  } catch (error) {
    onProgress("The download is not reachable from here.");
    throw error;
  }
}

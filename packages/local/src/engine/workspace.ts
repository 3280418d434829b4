import { LocalWorkspace, type LocalWorkspaceOptions } from "@pulumi/pulumi/automation/index.js";

/**
 * A workspace that leaves the selected stack of the folder as it is. Every command names its stack, so to select it
 * would only change which one the person's next plain `pulumi up` is for, and start the CLI once more.
 */
export async function openWorkspace(options: LocalWorkspaceOptions): Promise<LocalWorkspace> {
  const workspace = await LocalWorkspace.create(options);
  workspace.selectStack = () => Promise.resolve();
  return workspace;
}

/**
 * The version of the CLI that the twin is tested with: the oldest that is accepted from PATH and the one that
 * is downloaded or built. `tools/pulumi-cli/go.mod` pins the same one; a test compares the two.
 */
export const ENGINE_VERSION = "3.259.0";

import { fileURLToPath } from "node:url";

/** The command of the MCP conformance suite. */
export const CONFORMANCE = fileURLToPath(
  import.meta.resolve("@modelcontextprotocol/conformance/dist/index.js"),
);

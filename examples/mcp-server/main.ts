/** `node examples/mcp-server/main.ts`: serves the MCP server until stopped. */
import { run } from "@ai-api-access/ai-api/command.ts";
import { buildMcpServer } from "./server.ts";

await run({
  does: "Serves the AI as an MCP server.",
  port: 3002,
  origin: "that of the API's identifier",
  build: buildMcpServer,
});

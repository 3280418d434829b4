/** The tools, and which permission each of them needs. */
import type { Lessons } from "@ai-api-access/ai-api/lessons.ts";
import type { Caller } from "@ai-api-access/verifier";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const text = z.string().min(1).max(1000);

/** By name. Every caller sees all of them: an assistant has to know what it could ask a person to allow. */
const PERMISSIONS: Readonly<Record<string, string>> = { ask: "ai:read", teach: "ai:write" };

/** What a caller who has no token yet is told to ask for. More is asked for when a tool needs it. */
export const FIRST_SCOPE = "ai:read";

export const SCOPES = ["ai:read", "ai:write"];

const callSchema = z.object({ method: z.literal("tools/call"), params: z.object({ name: z.string() }) });

/** The permissions that the messages of a request ask for: a message, or a list of them as older clients send. */
export function permissionsFor(body: unknown): string[] {
  return [body].flat().flatMap((message) => {
    const { data } = callSchema.safeParse(message);
    const permission = data === undefined ? undefined : PERMISSIONS[data.params.name];
    return permission === undefined ? [] : [permission];
  });
}

/** Makes the server of one request; what was taught outlives it. */
export function toolsFor(lessons: Lessons): (caller: Caller) => McpServer {
  return (caller) => {
    const server = new McpServer({ name: "ai-mcp-server", title: "AI", version: "0.1.0" });
    server.registerTool(
      "ask",
      {
        title: "Ask the AI",
        description: "Answers a question by what people of the same organization taught.",
        inputSchema: { question: text },
        annotations: { readOnlyHint: true, openWorldHint: false },
      },
      ({ question }) => said(lessons.answer(caller, question)),
    );
    server.registerTool(
      "teach",
      {
        title: "Teach the AI",
        description: "Has the AI remember an answer to a question, for everybody of the same organization.",
        inputSchema: { question: text, answer: text },
        annotations: { readOnlyHint: false, idempotentHint: true, openWorldHint: false },
      },
      (taught) => said(`Learned: ${lessons.teach(caller, taught).question}`),
    );
    return server;
  };
}

function said(words: string) {
  return { content: [{ type: "text" as const, text: words }] };
}

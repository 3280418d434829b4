/** The tools, and which permission each of them needs. */
import type { Lessons } from "@ai-api-access/ai-api/lessons.ts";
import type { Caller } from "@ai-api-access/verifier";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

/** Whom a tool serves, and with what. */
interface Work {
  readonly server: McpServer;
  readonly lessons: Lessons;
  readonly caller: Caller;
}

interface Tool {
  readonly permission: string;
  register(name: string, work: Work): void;
}

const text = z.string().min(1).max(1000);

/** There is no tool without a permission. */
const TOOLS: ReadonlyMap<string, Tool> = new Map([
  [
    "ask",
    {
      permission: "ai:read",
      register(name, { server, lessons, caller }) {
        const described = {
          title: "Ask the AI",
          description: "Answers a question by what people of the same organization taught.",
          inputSchema: { question: text },
          annotations: { readOnlyHint: true, openWorldHint: false },
        };
        server.registerTool(name, described, ({ question }) => said(lessons.answer(caller, question)));
      },
    },
  ],
  [
    "teach",
    {
      permission: "ai:write",
      register(name, { server, lessons, caller }) {
        const described = {
          title: "Teach the AI",
          description: "Has the AI remember an answer to a question, for everybody of the same organization.",
          inputSchema: { question: text, answer: text },
          annotations: { readOnlyHint: false, idempotentHint: true, openWorldHint: false },
        };
        server.registerTool(name, described, (taught) =>
          said(`Learned: ${lessons.teach(caller, taught).question}`),
        );
      },
    },
  ],
]);

export const SCOPES = [...TOOLS.values()].map(({ permission }) => permission);

/** What a caller who has no token yet is told to ask for. More is asked for when a tool needs it. */
export const FIRST_SCOPE = "ai:read";

const callSchema = z.object({ method: z.literal("tools/call"), params: z.object({ name: z.string() }) });

/** The permissions that the messages of a request ask for: a message, or a list of them as older clients send. */
export function permissionsFor(body: unknown): string[] {
  return [body].flat().flatMap((message) => {
    const { data } = callSchema.safeParse(message);
    return (data && TOOLS.get(data.params.name)?.permission) ?? [];
  });
}

/**
 * Makes the server of one request; what was taught outlives it. Every caller sees all tools: an assistant has to know
 * what it could ask a person to allow.
 */
export function serverFor(caller: Caller, lessons: Lessons): McpServer {
  const server = new McpServer({ name: "ai-mcp-server", title: "AI", version: "0.1.0" });
  for (const [name, tool] of TOOLS) tool.register(name, { server, lessons, caller });
  return server;
}

function said(words: string) {
  return { content: [{ type: "text" as const, text: words }] };
}

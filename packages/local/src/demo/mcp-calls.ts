/** The rows of the demo's table for callers of the MCP server. */
import { PEOPLE } from "@ai-api-access/emulator-auth0/people.ts";
import { OAuthError } from "@modelcontextprotocol/sdk/server/auth/errors.js";
import type { StackConfig } from "../program.ts";
import type { Call } from "./calls.ts";
import { membershipOf, REFUSED_AT_LOGIN, whyNobody, type Organization } from "./expected.ts";
import { McpRefused, type McpCaller } from "./mcp-client.ts";
import { LoginRefused } from "./people.ts";

export interface McpCallsOptions {
  readonly config: StackConfig;
  readonly organization: Organization;
  /** Somebody's assistant; it keeps its tokens from one call to the next. */
  readonly assistant: (email: string) => Promise<McpCaller>;
  /** The Okta service app with these scopes, if the stack has one. */
  readonly machine: ((...scopes: string[]) => Promise<McpCaller>) | undefined;
}

const [ada, grace, alan] = PEOPLE;
const QUESTION = { question: "What opens the server?" };
const LESSON = { ...QUESTION, answer: "A token, asked for by its URL." };
const TOOLS = "ask, teach";

type Work = (caller: McpCaller) => Promise<string>;
const lists: Work = async (caller) => (await caller.tools()).join(", ");
const asks: Work = async (caller) => {
  await caller.call("ask", QUESTION);
  return "answered";
};
const teaches: Work = async (caller) => {
  await caller.call("teach", LESSON);
  return "taught";
};

/** Connects and does it: what was refused on the way, and what came of it. */
async function done(connecting: Promise<McpCaller>, work: Work): Promise<string> {
  try {
    const caller = await connecting;
    try {
      // Who has no token is refused first: so it learns where to ask for one.
      caller.refusals();
      const result = await work(caller);
      return [...caller.refusals(), result].join(", ");
    } finally {
      await caller.close();
    }
  } catch (error) {
    if (error instanceof LoginRefused) return `refused at login: ${error.error}`;
    if (error instanceof McpRefused) return error.message;
    if (error instanceof OAuthError) return `no token: ${error.errorCode}`;
    throw error;
  }
}

/** An assistant asks for as little as it needs; the challenge of a refusal says what it would need besides. */
export function mcpCalls({ config, organization, assistant, machine }: McpCallsOptions): Call[] {
  const of = (who: (typeof PEOPLE)[number] | undefined, rows: readonly ("lists" | "asks" | "teaches")[]) => {
    if (who === undefined) return [];
    const { role, getsIn, permissions } = membershipOf(organization, config.roles, who);
    const caller = `${who.given_name}'s assistant, ${role}`;
    const happens = (work: Work) => () => done(assistant(who.email), work);
    if (!getsIn) return [{ caller, does: "signs in", expected: REFUSED_AT_LOGIN, happens: happens(lists) }];
    const held = permissions.has("ai:read") ? ["ai:read"] : [];
    const tooLittle = (permission: string) => `403 (${[...held, permission].join(" ")})`;
    const all = {
      lists: { does: "knows the URL alone, lists the tools", expected: TOOLS, happens: happens(lists) },
      asks: {
        does: "asks",
        expected: held.length > 0 ? "answered" : tooLittle("ai:read"),
        happens: happens(asks),
      },
      teaches: {
        ...(permissions.has("ai:write")
          ? { does: "is refused to teach, steps up, teaches", expected: `${tooLittle("ai:write")}, taught` }
          : { does: "is refused to teach, also after stepping up", expected: tooLittle("ai:write") }),
        happens: happens(teaches),
      },
    };
    return rows.map((row): Call => ({ caller, ...all[row] }));
  };

  const scopes = new Set(config.serviceApp?.scopes.map(({ name }) => name));
  const app = (does: string, expected: string, work: Work, ...asked: string[]): Call[] =>
    machine === undefined
      ? []
      : [
          {
            caller: "Okta service app, over MCP",
            does,
            expected: asked.every((scope) => scopes.has(scope)) ? expected : "no token: invalid_scope",
            happens: () => done(machine(...asked), work),
          },
        ];

  const people = [
    ...of(ada, ["lists", "asks", "teaches"]),
    ...of(grace, ["asks", "teaches"]),
    ...of(alan, ["lists"]),
  ];
  return [
    ...(whyNobody(organization) === undefined ? people : []),
    ...app("lists the tools", TOOLS, lists, "ai:read"),
    ...app("asks with ai:read", "answered", asks, "ai:read"),
    ...app("teaches with ai:read", "403 (ai:read ai:write)", teaches, "ai:read"),
    ...app("teaches with both", "taught", teaches, "ai:read", "ai:write"),
  ];
}

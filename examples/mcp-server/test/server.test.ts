/** What the MCP server answers, message by message. */
import { startIssuers, type LocalIssuers } from "@ai-api-access/verifier/testing";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { FastifyInstance } from "fastify";
import { buildMcpServer } from "../server.ts";

const URL_OF_MCP = "https://ai.example.com/mcp";
const GLOBEX = "org_AnotherCustomer1";
const METADATA = "https://ai.example.com/.well-known/oauth-protected-resource/mcp";
const CHALLENGE = `Bearer realm="mcp-server", scope="ai:read", resource_metadata="${METADATA}"`;

let issuers: LocalIssuers;
let app: FastifyInstance;
const lines: string[] = [];
beforeAll(async () => {
  issuers = await startIssuers();
  const { auth0, okta } = issuers.config;
  const { organizationId: acme, ...rest } = auth0;
  app = buildMcpServer(
    {
      auth0: { ...rest, audience: URL_OF_MCP, organizations: { acme, globex: GLOBEX } },
      okta: { ...okta, audience: URL_OF_MCP },
    },
    { log: { write: (line) => lines.push(line) } },
  );
});
afterAll(async () => {
  await app.close();
  await issuers.close();
});

type Fields = Readonly<Record<string, unknown>>;
/** Of a person, in the profile that Auth0 wants for MCP. */
const person = (claims: Fields = {}) =>
  issuers.auth0.token(
    Math.floor(Date.now() / 1000),
    { aud: URL_OF_MCP, azp: undefined, client_id: "assistant", ...claims },
    { typ: "at+jwt" },
  );
const reader = () => person({ scope: "openid ai:read" });

interface Sent {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
const send = ({ token, headers = {}, body = { jsonrpc: "2.0", id: 1, method: "ping" } }: Sent) =>
  app.inject({
    method: "POST",
    url: "/mcp",
    headers: {
      host: "ai.example.com",
      accept: "application/json, text/event-stream",
      "content-type": "application/json",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    payload: typeof body === "string" ? body : JSON.stringify(body),
  });
const callOf = (name: string, args: Fields) => ({
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: { name, arguments: args },
});
const LESSON = { question: "Who may teach?", answer: "An editor." };

test("who has no token is told what to ask for, and where to read who gives it", async () => {
  const answer = await send({});
  expect(answer.statusCode).toBe(401);
  expect(answer.headers["www-authenticate"]).toMatch(new RegExp(`^${CHALLENGE}, DPoP `));
  for (const path of [new URL(METADATA).pathname, "/.well-known/oauth-protected-resource"]) {
    expect((await app.inject(path)).json()).toMatchObject({
      resource: URL_OF_MCP,
      authorization_servers: [issuers.auth0.issuer, issuers.okta.issuer],
      scopes_supported: ["ai:read", "ai:write"],
      bearer_methods_supported: ["header"],
    });
  }
});

test("a reader asks, and is refused to teach with a challenge that names what it has and what it lacks", async () => {
  const asked = await send({ token: reader(), body: callOf("ask", { question: "Why?" }) });
  expect(asked.json()).toMatchObject({ result: { content: [{ text: "Nobody taught me that yet." }] } });
  const refused = await send({ token: reader(), body: callOf("teach", LESSON) });
  expect(refused.statusCode).toBe(403);
  expect(refused.headers["www-authenticate"]).toBe(
    `Bearer realm="mcp-server", scope="ai:read ai:write", resource_metadata="${METADATA}", error="insufficient_scope", error_description="The access token does not allow this"`,
  );
  // A message of many is no way around.
  const many = [callOf("ask", { question: "Why?" }), callOf("teach", LESSON)];
  expect((await send({ token: reader(), body: many })).statusCode).toBe(403);
});

test("what an editor teaches, others of the organization can ask, and nobody else", async () => {
  const taught = await send({ token: person(), body: callOf("teach", LESSON) });
  expect(taught.json()).toMatchObject({ result: { content: [{ text: `Learned: ${LESSON.question}` }] } });
  const asked = await send({ token: reader(), body: callOf("ask", { question: LESSON.question }) });
  expect(asked.json()).toMatchObject({ result: { content: [{ text: LESSON.answer }] } });
  const elsewhere = person({ org_id: GLOBEX });
  const others = await send({ token: elsewhere, body: callOf("ask", { question: LESSON.question }) });
  expect(others.json()).toMatchObject({ result: { content: [{ text: "Nobody taught me that yet." }] } });
});

test.each([
  ["an expired token", 401, () => ({ token: person({ exp: 1_000_000_000, iat: 999_999_000 }) })],
  ["a token for another resource", 401, () => ({ token: person({ aud: "https://ai.example.com/other" }) })],
  ["a member of another organization", 401, () => ({ token: person({ org_id: "org_AThirdCustomer12" }) })],
  [
    "a page of another site",
    403,
    () => ({ token: person(), headers: { origin: "https://evil.example.com" } }),
  ],
  ["another host's name", 403, () => ({ token: person(), headers: { host: "evil.example.com" } })],
  ["a message larger than any should be", 413, () => ({ token: person(), body: `"${"x".repeat(20_000)}"` })],
  ["what is no JSON", 400, () => ({ token: person(), body: "{" })],
  [
    "a client that takes no stream",
    406,
    () => ({ token: person(), headers: { accept: "application/json" } }),
  ],
])("refused: %s", async (_, status, sent: () => Sent) => {
  const answer = await send(sent());
  expect(answer.statusCode).toBe(status);
  expect(answer.headers["www-authenticate"] !== undefined).toBe(status === 401);
});

test("a page of its own may ask", async () => {
  const headers = { origin: "https://ai.example.com" };
  expect((await send({ token: reader(), headers })).json()).toEqual({ jsonrpc: "2.0", id: 1, result: {} });
});

test("neither a session nor a token is in a URL", async () => {
  const token = person();
  const initialize = {
    ...{ jsonrpc: "2.0", id: 1, method: "initialize" },
    params: {
      protocolVersion: "2025-11-25",
      capabilities: {},
      clientInfo: { name: "test", version: "1" },
    },
  };
  const answer = await send({ token, body: initialize });
  expect(answer.json()).toMatchObject({ result: { serverInfo: { name: "ai-mcp-server" } } });
  expect(answer.headers["mcp-session-id"]).toBeUndefined();
  const inQuery = await app.inject({
    method: "POST",
    url: `/mcp?access_token=${token}`,
    headers: { host: "ai.example.com" },
  });
  expect(inQuery.statusCode).toBe(400);
  expect(lines.join("")).not.toContain(token.slice(0, 20));
});

test.each(["GET", "DELETE"] as const)(
  "there is no stream to read, and no session to end: %s",
  async (method) => {
    const answer = await app.inject({ method, url: "/mcp", headers: { host: "ai.example.com" } });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe("POST");
  },
);

test("an API that is no URL cannot be an MCP server, and is told what to set", () => {
  const { auth0 } = issuers.config;
  expect(() => buildMcpServer({ auth0: { ...auth0, audience: "ai-api" } })).toThrow(
    /^auth0\.audience: got ai-api; wants the URL of the MCP server, .*api\.identifier/,
  );
});

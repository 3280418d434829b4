/**
 * The demo's MCP callers against the authorization scenarios of the conformance suite, which brings servers of its own.
 * https://github.com/modelcontextprotocol/conformance
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Assistant, Machine, McpCaller } from "@ai-api-access/local/demo/mcp-client.ts";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import {
  discoverOAuthProtectedResourceMetadata,
  type OAuthClientProvider,
} from "@modelcontextprotocol/sdk/client/auth.js";
import { PrivateKeyJwtProvider } from "@modelcontextprotocol/sdk/client/auth-extensions.js";
import { z } from "zod";
import { CONFORMANCE } from "./conformance.ts";

/** Scenarios that the callers pass. */
const PASSED = [
  "auth/metadata-default",
  "auth/metadata-var1",
  "auth/metadata-var2",
  "auth/metadata-var3",
  "auth/basic-cimd",
  "auth/scope-from-www-authenticate",
  "auth/scope-from-scopes-supported",
  "auth/scope-omitted-when-undefined",
  "auth/scope-step-up",
  "auth/scope-retry-limit",
  "auth/token-endpoint-auth-basic",
  "auth/token-endpoint-auth-post",
  "auth/token-endpoint-auth-none",
  "auth/pre-registration",
  "auth/2025-03-26-oauth-metadata-backcompat",
  "auth/2025-03-26-oauth-endpoint-fallback",
  "auth/resource-mismatch",
  "auth/offline-access-scope",
  "auth/offline-access-not-supported",
  "auth/client-credentials-jwt",
  "auth/client-credentials-basic",
];

/** Scenarios that say nothing of the callers, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  "auth/cross-app-access-complete-flow": "neither tenant exchanges the token of an identity provider",
  initialize: "of the SDK alone, without authorization",
  tools_call: "of the SDK alone, without authorization",
  "elicitation-sep1034-client-defaults": "the callers answer no questions of a server",
  "sse-retry": "the server streams nothing",
};

const requestSchema = z.object({
  url: z.string(),
  scenario: z.string(),
  context: z
    .string()
    .default("{}")
    .transform((given): unknown => JSON.parse(given))
    .pipe(
      z.object({
        client_id: z.string().optional(),
        client_secret: z.string().default(""),
        private_key_pem: z.string().optional(),
        signing_algorithm: z.string().default(""),
      }),
    ),
});
type Asked = z.output<typeof requestSchema>;

/** The suite's authorization server has no pages: it sends the browser back at once. */
async function visit(page: URL): Promise<URL> {
  const answer = await fetch(page, { redirect: "manual" });
  return new URL(answer.headers.get("location") ?? "", page);
}

async function providerFor({ url, scenario, context }: Asked): Promise<OAuthClientProvider> {
  const { client_id: clientId, client_secret: clientSecret, private_key_pem: privateKey } = context;
  if (clientId === undefined) {
    return new Assistant({ metadataUrl: "https://conformance-test.local/client-metadata.json" });
  }
  if (!scenario.startsWith("auth/client-credentials")) {
    return new Assistant({ known: { client_id: clientId, client_secret: clientSecret } });
  }
  const { authorization_servers: [issuer = ""] = [] } = await discoverOAuthProtectedResourceMetadata(url);
  if (privateKey === undefined) return new Machine({ issuer, clientId, clientSecret, scope: "mcp" });
  const { signing_algorithm: algorithm } = context;
  return new PrivateKeyJwtProvider({ clientId, privateKey, algorithm, expectedIssuer: issuer });
}

async function serveCaller(asked: Asked): Promise<void> {
  const caller = await McpCaller.connect(new URL(asked.url), await providerFor(asked), visit);
  try {
    const [tool = ""] = await caller.tools();
    await caller.call(tool);
  } finally {
    await caller.close();
  }
}

let server: Server;
let caller = "";
let said = "";

/** What a run of the suite says, and whether all of it passed. */
async function conformance(...which: string[]): Promise<{ readonly said: string; readonly passed: boolean }> {
  const client = `"${process.execPath}" "${join(import.meta.dirname, "conformance-client.ts")}"`;
  const suite = spawn(
    process.execPath,
    [CONFORMANCE, "client", ...which, "--verbose", "--timeout", "500000", "--command", client],
    { env: { ...process.env, AI_API_TEST: caller }, stdio: ["ignore", "pipe", "ignore"] },
  );
  const ended = once(suite, "close");
  const printed = await text(suite.stdout);
  await ended;
  return { said: printed, passed: suite.exitCode === 0 };
}

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request)
      .then((body) => serveCaller(requestSchema.parse(JSON.parse(body))))
      .then(
        () => response.end(),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  caller = `http://127.0.0.1:${String(port)}`;
  said = (await conformance("--suite", "all")).said;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const seen = () =>
  [...said.matchAll(/^([✓✗]) (\S+): \d+ passed/gm)].map(([, mark = "", name = ""]) => ({ mark, name }));

test.each(PASSED)("%s", async (name) => {
  // The suite begins all of them at once, and has time limits of its own that a busy machine may miss.
  const together = seen().some((one) => one.name === name && one.mark === "✓");
  const found = together ? { passed: together } : await conformance("--scenario", name);
  expect(found).toEqual({ ...found, passed: true });
});

test("every scenario of the suite is run, or left out for a reason", () => {
  expect(
    seen()
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual([...PASSED, ...Object.keys(LEFT_OUT)].toSorted());
});

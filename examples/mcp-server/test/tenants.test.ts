/**
 * The MCP server on the local tenants: clients that know nothing but its URL get in as the people and machines that may,
 * and the conformance suite finds nothing wrong with it.
 * https://github.com/modelcontextprotocol/conformance
 */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { promisify } from "node:util";
import { Browser } from "@ai-api-access/local/demo/browser.ts";
import { Assistant, Machine, McpCaller } from "@ai-api-access/local/demo/mcp-client.ts";
import { goThrough } from "@ai-api-access/local/demo/people.ts";
import { ADA, stage, tokenRequest, type Stage } from "@ai-api-access/testing/auth0-sign-in.ts";
import { startTestTenant, type TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import { addClient, addServer, allow, type Client } from "@ai-api-access/testing/okta-oauth.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";
import { testTls } from "@ai-api-access/testing/tls.ts";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { VerifierConfig } from "@ai-api-access/verifier";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { buildMcpServer } from "../server.ts";
import { CONFORMANCE } from "./conformance.ts";

/** Where the assistant publishes what it is. */
const DOCUMENT_URL = "https://assistant.example.com/client.json";
const DOCUMENT = { client_id: DOCUMENT_URL, application_type: "native", ...new Assistant().clientMetadata };

const okta = TestOrg.use();
let auth0: TestTenant;
let on: Stage;
let service: Client;
let oktaIssuer: string;
/** Where the server is reached: its port is known before it is made. */
let front: Server;
let url: URL;
let config: VerifierConfig;
let app: FastifyInstance;
/** Milliseconds by which the clock of the Auth0 tenant is behind. */
let behind = 0;

beforeAll(async () => {
  setDefaultCACertificates([...getCACertificates("default"), testTls().cert]);
  front = createServer((asked, answered) => {
    app.routing(asked, answered);
  });
  url = new URL(`http://localhost:${await portOf(front)}/mcp`);
  auth0 = await startTestTenant({
    clock: () => Date.now() - behind,
    fetch: (address, init) =>
      address === DOCUMENT_URL ? Promise.resolve(Response.json(DOCUMENT)) : fetch(address, init),
  });
  // What the stack declares.
  const api = {
    token_dialect: "rfc9068_profile_authz",
    subject_type_authorization: { user: { policy: "require_client_grant" } },
  };
  on = await stage(auth0, api, url.href);
  const organization = `/organizations/${on.organizationId}`;
  await auth0.expectOk("PATCH", organization, { third_party_client_access: "allow" });
  // What an administrator sets for the tenant.
  await auth0.expectOk("PATCH", "/tenants/settings", {
    resource_parameter_profile: "compatibility",
    client_id_metadata_document_supported: true,
    flags: { enable_dynamic_client_registration: true },
  });
  await auth0.expectOk("PATCH", `/connections/${on.connectionId}`, { is_domain_connection: true });
  const { client_id: clientId } = await auth0.expectOk("POST", "/clients/cimd/register", {
    external_client_id: DOCUMENT_URL,
  });
  await auth0.expectOk("PATCH", `/clients/${String(clientId)}`, {
    organization_usage: "require",
    organization_require_behavior: "pre_login_prompt",
  });
  await auth0.expectOk("POST", "/client-grants", {
    ...{ client_id: clientId, audience: url.href, subject_type: "user" },
    scope: ["ai:read", "ai:write"],
  });

  const server = await addServer(okta, [url.href]);
  service = await addClient(okta);
  await allow(okta, server);
  oktaIssuer = `${okta.tenant.origin}/oauth2/${server}`;
  config = {
    auth0: { issuer: `${auth0.tenant.origin}/`, audience: url.href, organizationId: on.organizationId },
    okta: { issuer: oktaIssuer, audience: url.href, clientId: service.id },
  };
  app = buildMcpServer(config);
  await app.ready();
});
afterAll(async () => {
  front.closeAllConnections();
  front.close();
  await app.close();
  await auth0.close();
});

async function portOf(server: Server): Promise<string> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  return String(z.object({ port: z.number() }).parse(server.address()).port);
}

/** What it says to a token that allows to ask and not to teach. */
const TOO_LITTLE = "403 (ai:read ai:write)";
const LESSON = { question: "What opens the server?", answer: "A token for it." };

/** Somebody's assistant, which knows the URL of the server and who publishes it. */
function assistantOf(
  name: string,
  organization = "my-awesome-company",
  assistant = new Assistant({ metadataUrl: DOCUMENT_URL }),
): Promise<McpCaller> {
  const browser = new Browser(auth0.tenant.origin);
  const person = { email: `${name}@example.com`, organization };
  return McpCaller.connect(url, assistant, (page) => goThrough(browser, page, person));
}

const machine = (scope: string) =>
  McpCaller.connect(
    url,
    new Machine({ issuer: oktaIssuer, clientId: service.id, clientSecret: service.secret, scope }),
  );

async function using<T>(caller: Promise<McpCaller>, work: (caller: McpCaller) => Promise<T>): Promise<T> {
  const connected = await caller;
  try {
    return await work(connected);
  } finally {
    await connected.close();
  }
}

test("a client that knows the server's URL alone calls a tool as Grace, and may not teach", async () => {
  await using(assistantOf("grace"), async (grace) => {
    expect(grace.refusals()).toEqual(["401"]);
    expect(await grace.tools()).toEqual(["ask", "teach"]);
    expect(await grace.call("ask", { question: "Who are you?" })).toBe("Nobody taught me that yet.");
    await expect(grace.call("teach", LESSON)).rejects.toThrow(TOO_LITTLE);
    expect(grace.refusals()).toEqual([TOO_LITTLE, TOO_LITTLE]);
  });
});

test("Ada's assistant asks with as little as it needs, is refused to teach, steps up, and teaches", async () => {
  await using(assistantOf("ada"), async (ada) => {
    expect(await ada.call("ask", { question: LESSON.question })).toBe("Nobody taught me that yet.");
    expect(ada.refusals()).toEqual(["401"]);
    expect(await ada.call("teach", LESSON)).toBe(`Learned: ${LESSON.question}`);
    expect(ada.refusals()).toEqual([TOO_LITTLE]);
    expect(await ada.call("ask", { question: LESSON.question })).toBe(LESSON.answer);
  });
});

test("a machine finds the authorization server that knows it, and does what it asked for", async () => {
  await using(machine("ai:read"), async (reader) => {
    expect(await reader.tools()).toEqual(["ask", "teach"]);
    expect(await reader.call("ask", { question: "Who are you?" })).toBe("Nobody taught me that yet.");
    await expect(reader.call("teach", LESSON)).rejects.toThrow(TOO_LITTLE);
  });
  await using(machine("ai:read ai:write"), async (editor) => {
    expect(await editor.call("teach", LESSON)).toBe(`Learned: ${LESSON.question}`);
  });
});

test("who is no member does not get in, and a member of another organization neither", async () => {
  await expect(assistantOf("alan")).rejects.toThrow(/is not part of the org_\w+ organization/);
  const id = await auth0.expectOk("POST", "/organizations", {
    name: "another-company",
    third_party_client_access: "allow",
  });
  const another = `/organizations/${z.string().parse(id.id)}`;
  await auth0.expectOk("POST", `${another}/connections`, {
    connection_id: on.connectionId,
    is_enabled: true,
  });
  await auth0.expectOk("POST", `${another}/members`, { members: [ADA] });
  await expect(assistantOf("ada", "another-company")).rejects.toThrow("401 invalid_token");
});

test("an application that registers itself gets no token for the server: nobody granted it anything", async () => {
  await expect(assistantOf("grace", undefined, new Assistant())).rejects.toThrow(
    /is not authorized to access resource server/,
  );
});

test("a token that has run out is refused", async () => {
  behind = 2 * 24 * 60 * 60 * 1000;
  try {
    await expect(assistantOf("grace")).rejects.toThrow("401 invalid_token");
  } finally {
    behind = 0;
  }
});

test("a token for another resource is refused, and one of its own from a page of another site", async () => {
  const post = async (token: string, origin?: string) => {
    const { status, headers } = await fetch(url, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/json, text/event-stream",
        "content-type": "application/json",
        ...(origin !== undefined && { origin }),
      },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
    });
    return `${String(status)} ${/error="([^"]+)"/.exec(headers.get("www-authenticate") ?? "")?.[1] ?? ""}`.trim();
  };
  const grace = new Assistant({ metadataUrl: DOCUMENT_URL });
  await (await assistantOf("grace", undefined, grace)).close();
  const token = grace.tokens()?.access_token ?? "";
  expect(await post(token)).toBe("200");
  expect(await post(token, url.origin)).toBe("200");
  expect(await post(token, "https://evil.example.com")).toBe("403");

  const elsewhere = "http://localhost:1/mcp";
  const api = { identifier: elsewhere, name: "Another server", token_dialect: "rfc9068_profile_authz" };
  await auth0.expectOk("POST", "/resource-servers", { ...api, scopes: [{ value: "ai:read" }] });
  const { client_id: client, client_secret: secret } = await auth0.expectOk("POST", "/clients", {
    ...{ name: "Another machine", app_type: "non_interactive", grant_types: ["client_credentials"] },
    token_endpoint_auth_method: "client_secret_post",
  });
  for (const audience of [elsewhere, url.href]) {
    const { id } = await auth0.expectOk("POST", "/client-grants", {
      ...{ client_id: client, audience, scope: ["ai:read"], organization_usage: "allow" },
    });
    await auth0.expectOk("POST", `/organizations/${on.organizationId}/client-grants`, { grant_id: id });
  }
  const tokenFor = async (resource: string) => {
    const { body } = await tokenRequest(auth0, {
      ...{ grant_type: "client_credentials", organization: on.organizationId, resource },
      ...{ client_id: String(client), client_secret: String(secret) },
    });
    return String(body.access_token);
  };
  expect(await post(await tokenFor(url.href))).toBe("200");
  expect(await post(await tokenFor(elsewhere))).toBe("401 invalid_token");
});

/** Scenarios of the suite that say something of this server. */
const PASSED = ["server-initialize", "ping", "tools-list", "dns-rebinding-protection"];

/** Those that do not, and why. */
const LEFT_OUT: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "calls a tool of the suite's own test server",
    [
      ...["tools-call-simple-text", "tools-call-image", "tools-call-audio", "tools-call-embedded-resource"],
      ...[
        "tools-call-mixed-content",
        "tools-call-with-logging",
        "tools-call-error",
        "tools-call-with-progress",
      ],
      ...["tools-call-sampling", "tools-call-elicitation", "json-schema-2020-12"],
    ],
  ],
  ["the server asks its callers nothing", ["elicitation-sep1034-defaults", "elicitation-sep1330-enums"]],
  ["the server has no sessions, and streams nothing", ["server-sse-polling", "server-sse-multiple-streams"]],
  ["the server sends no logs, and completes nothing", ["logging-set-level", "completion-complete"]],
  [
    "the server has no resources",
    [
      ...["resources-list", "resources-read-text", "resources-read-binary", "resources-templates-read"],
      ...["resources-subscribe", "resources-unsubscribe"],
    ],
  ],
  [
    "the server has no prompts",
    [
      ...["prompts-list", "prompts-get-simple", "prompts-get-with-args", "prompts-get-embedded-resource"],
      "prompts-get-with-image",
    ],
  ],
]);

describe("the conformance suite", () => {
  let proxy: Server;
  let behindIt: FastifyInstance;
  let through: string;

  /** The suite knows of no tokens: it comes in by way of a server that puts Grace's on all that it sends. */
  beforeAll(async () => {
    const grace = new Assistant({ metadataUrl: DOCUMENT_URL });
    await (await assistantOf("grace", undefined, grace)).close();
    const authorization = `Bearer ${grace.tokens()?.access_token ?? ""}`;
    proxy = createServer((asked, answered) => {
      asked.rawHeaders.push("authorization", authorization);
      behindIt.routing(asked, answered);
    });
    const origin = `http://localhost:${await portOf(proxy)}`;
    through = `${origin}${url.pathname}`;
    behindIt = buildMcpServer(config, { origin });
    await behindIt.ready();
  });
  afterAll(async () => {
    proxy.closeAllConnections();
    proxy.close();
    await behindIt.close();
  });

  const run = async (...args: string[]) =>
    (await promisify(execFile)(process.execPath, [CONFORMANCE, ...args])).stdout;

  test.each(PASSED)("passes %s", async (scenario) => {
    const said = await run("server", "--url", through, "--scenario", scenario);
    expect(said).toMatch(/Passed: (\d+)\/\1, 0 failed, 0 warnings/);
  });

  test("has no other scenario that says something of this server", async () => {
    const listed = await run("list", "--server");
    const names = [...listed.matchAll(/^ +- (\S+)/gm)].map(([, name = ""]) => name);
    expect(names.toSorted()).toEqual([...PASSED, ...[...LEFT_OUT.values()].flat()].toSorted());
  });
});

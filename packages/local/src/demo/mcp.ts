/**
 * The demo's MCP server: what the stack has to declare for it, what an administrator sets for the tenant besides, and the
 * document that an assistant publishes.
 */
import { once } from "node:events";
import { createServer as createHttpsServer } from "node:https";
import { createServer, type Server } from "node:net";
import { z } from "zod";
import { localCertificate } from "@ai-api-access/emulator-core/machine/certificates.ts";
import { readLocalStack, type ConfigValues } from "../project.ts";
import type { TenantAccess } from "../tenants/access.ts";
import { startApi, type RunningApi } from "./api.ts";
import { Browser } from "./browser.ts";
import { THEIR_DATABASE } from "./expected.ts";
import { Assistant, Machine, McpCaller } from "./mcp-client.ts";
import type { McpCallsOptions } from "./mcp-calls.ts";
import type { DemoOutputs } from "./outputs.ts";
import { goThrough } from "./people.ts";
import { callTenant } from "./tenant.ts";

const SCOPES = ["ai:read", "ai:write"];

export interface McpStage {
  /** Of the server, which is the identifier of the API. */
  readonly url: URL;
  /** Where the assistant's document is. */
  readonly documentUrl: string;
  /** What the stack declares for it. */
  readonly config: ConfigValues;
  /** Starts the server. @throws UserError when it does not start */
  serve(configFile: string, caFile: string): Promise<RunningApi>;
  close(): Promise<void>;
}

const permissionsSchema = z
  .array(z.looseObject({ name: z.string() }))
  .refine((list) => SCOPES.every((scope) => list.some(({ name }) => name === scope)));

/** Stacks that can be an MCP server as they are: the SDK's client has no keys that tokens could be bound to. */
const suitedSchema = z.looseObject({
  "ai-api-access:organization": z.looseObject({}),
  "ai-api-access:api": z.looseObject({
    existing: z.undefined().optional(),
    permissions: permissionsSchema,
    proofOfPossession: z.looseObject({ requiredFor: z.undefined().optional() }).optional(),
  }),
});

/**
 * Publishes the assistant's document, and finds a port for the server. This process has to trust the local CA.
 *
 * @param values what the user said of the stack
 * @returns nothing where the stack has another shape than an MCP server's
 */
export async function mcpStage(values: ConfigValues): Promise<McpStage | undefined> {
  if ("ai-api-access:api.identifier" in values || "ai-api-access:clients" in values) return undefined;
  if (!suitedSchema.safeParse(readLocalStack(values).config).success) return undefined;
  // The identifier of the API has the port, so it is chosen before the server starts, and held until then.
  const holder = createServer().listen(0, "127.0.0.1");
  const port = String(await portOf(holder));
  const url = new URL(`http://localhost:${port}/mcp`);
  const { key, cert } = await localCertificate();
  const site = createHttpsServer({ key, cert }, (_request, response) => {
    const document = {
      client_id: documentUrl,
      application_type: "native",
      ...new Assistant().clientMetadata,
    };
    response.setHeader("content-type", "application/json").end(JSON.stringify(document));
  }).listen(0, "127.0.0.1");
  const documentUrl = `https://localhost:${await portOf(site)}/client.json`;
  const client = { name: "demo-assistant", document: documentUrl, permissions: SCOPES };
  return {
    url,
    documentUrl,
    config: {
      "ai-api-access:api.identifier": url.href,
      "ai-api-access:api.mcp": true,
      "ai-api-access:organization.thirdPartyClientAccess": "allow",
      "ai-api-access:clients": [client],
    },
    async serve(configFile, caFile) {
      await closed(holder);
      return startApi(configFile, caFile, { example: "mcp-server", port });
    },
    async close() {
      await closed(holder);
      site.closeAllConnections();
      await closed(site);
    },
  };
}

async function closed(server: Server): Promise<void> {
  if (!server.listening) return;
  server.close();
  await once(server, "close");
}

async function portOf(server: Server): Promise<number> {
  await once(server, "listening");
  return z.object({ port: z.number() }).parse(server.address()).port;
}

/** What no stack owns: it is the whole tenant's. */
export async function openTenant(access: TenantAccess): Promise<void> {
  await callTenant(access, "PATCH", "/tenants/settings", {
    resource_parameter_profile: "compatibility",
    client_id_metadata_document_supported: true,
  });
  const connections = await callTenant(access, "GET", `/connections?name=${THEIR_DATABASE}`);
  for (const { id } of z.array(z.object({ id: z.string() })).parse(connections)) {
    await callTenant(access, "PATCH", `/connections/${id}`, { is_domain_connection: true });
  }
}

/** The callers: people's assistants, each with a browser of its own, and the service app. */
export function mcpCallers(
  { url, documentUrl }: McpStage,
  access: TenantAccess,
  { appConfig: { auth0, okta } }: DemoOutputs,
): Pick<McpCallsOptions, "assistant" | "machine"> {
  const known = new Map<string, { assistant: Assistant; browser: Browser }>();
  return {
    assistant(email) {
      const fresh = () => ({
        assistant: new Assistant({ metadataUrl: documentUrl }),
        browser: new Browser(access.auth0.origin),
      });
      const { assistant, browser } = known.get(email) ?? fresh();
      known.set(email, { assistant, browser });
      const person = { email, organization: auth0.organizationName };
      return McpCaller.connect(url, assistant, (page) => goThrough(browser, page, person));
    },
    machine:
      okta && ((...scopes) => McpCaller.connect(url, new Machine({ ...okta, scope: scopes.join(" ") }))),
  };
}

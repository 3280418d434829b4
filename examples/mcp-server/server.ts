/**
 * The MCP server: Streamable HTTP without sessions, so any process can answer any request, and nothing but the token of
 * a request says who asks.
 */
import { Lessons } from "@ai-api-access/ai-api/lessons.ts";
import { guardedServer, problem, type ServerOptions } from "@ai-api-access/ai-api/server.ts";
import {
  createVerifier,
  credentials,
  protectedResource,
  requirePermission,
  type Caller,
  type VerifierConfig,
} from "@ai-api-access/verifier";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { FIRST_SCOPE, permissionsFor, SCOPES, serverFor } from "./tools.ts";

export interface McpOptions extends ServerOptions {
  /** Where callers reach it, such as `https://ai.example.com`; by default the origin of the audience. */
  readonly origin?: string | undefined;
}

/** @throws RangeError where the API's identifier is no URL: a client could not ask for a token for it */
export function buildMcpServer(config: VerifierConfig, options: McpOptions = {}): FastifyInstance {
  const { audience } = config.auth0;
  const resource = protectedResource(config, { name: "AI", scopes: SCOPES });
  if (resource === undefined) {
    throw new RangeError(
      `auth0.audience: got ${audience}; wants the URL of the MCP server, such as https://ai.example.com/mcp. ` +
        "Set it as api.identifier, with api.mcp, and write the app configuration again.",
    );
  }
  const { pathname: path, origin: ownOrigin } = new URL(audience);
  const { origin = ownOrigin, ...serverOptions } = options;
  const verify = createVerifier(config);
  const lessons = new Lessons();
  const app = guardedServer({ realm: "mcp-server", scope: FIRST_SCOPE }, resource, serverOptions);

  app.get("/health", () => ({ status: "ok" }));

  app.post(
    path,
    {
      onRequest: [
        fromHere(origin),
        async (request) => {
          const { token, proof } = credentials(request.raw, origin);
          request.caller = await verify(token, proof);
        },
      ],
      preHandler: (request, _reply, done) => {
        for (const permission of permissionsFor(request.body))
          requirePermission(callerOf(request), permission);
        done();
      },
    },
    async (request, reply) => {
      const server = serverFor(callerOf(request), lessons);
      const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
      try {
        await server.connect(transport);
        const answer = await transport.handleRequest(webRequest(request, audience), {
          parsedBody: request.body,
        });
        return await reply
          .code(answer.status)
          .headers(Object.fromEntries(answer.headers))
          .send(await answer.text());
      } finally {
        await server.close();
      }
    },
  );

  // There is no stream that the server would write to on its own, and no session to end.
  app.route({
    method: ["GET", "DELETE"],
    url: path,
    onRequest: fromHere(origin),
    handler: (_request, reply) =>
      reply.code(405).header("allow", "POST").send(problem("method_not_allowed", "POST a message")),
  });
  return app;
}

/**
 * Lets in what was sent to this server, and by no page of another site: a name that somebody else's DNS points at this
 * machine would let such a page in (MCP, Streamable HTTP, Security Warning).
 */
function fromHere(origin: string) {
  const { host } = new URL(origin);
  return async ({ headers }: FastifyRequest, reply: FastifyReply) => {
    if (headers.host === host && (headers.origin === undefined || headers.origin === origin)) return;
    await reply.code(403).send(problem("forbidden", `This is ${origin}, and pages of it alone may ask`));
  };
}

function callerOf({ caller }: FastifyRequest): Caller {
  if (caller === null) throw new Error("The guard comes first.");
  return caller;
}

/** What the transport reads of a request besides its body. */
function webRequest({ headers }: FastifyRequest, url: string): Request {
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    [values ?? []].flat().map((value): [string, string] => [name, value]),
  );
  return new Request(url, { method: "POST", headers: lines });
}

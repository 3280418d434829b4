/** The API: its routes behind their guards. */
import {
  createVerifier,
  protectedResource,
  type Verifier,
  type VerifierConfig,
} from "@ai-api-access/verifier";
import type { FastifyInstance } from "fastify";
import { guardWith } from "./guard.ts";
import { addRoutes } from "./routes.ts";
import { guardedServer, type ServerOptions } from "./server.ts";

export interface ApiOptions extends ServerOptions {
  /** By default one that trusts what the configuration names. */
  readonly verify?: Verifier;
  /** Where callers reach the API, such as `https://ai.example.com`; by default what each request says. */
  readonly origin?: string | undefined;
}

export function buildApi(
  config: VerifierConfig,
  { verify = createVerifier(config), origin, ...options }: ApiOptions = {},
): FastifyInstance {
  const resource = protectedResource(config, { name: "AI API", scopes: ["ai:read", "ai:write"] });
  const app = guardedServer({ realm: "ai-api" }, resource, options);
  addRoutes(app, (permission) => guardWith(verify, permission, origin));
  return app;
}

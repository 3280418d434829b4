import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core";
import type { OktaContext } from "../context.ts";
import { notFound } from "../errors.ts";
import type { ServerRecord } from "./record.ts";

/** The path parameter that names an authorization server: its id, or `default`. */
export const serverParams = z.object({ authServerId: z.string() });

/** The path parameters that name a policy of an authorization server. */
export const policyParams = serverParams.extend({ policyId: z.string() });

/** The server with this id; `default` names the one that every org has from the start. Throws 404. */
export function findServer({ data }: OktaContext, id: string): ServerRecord {
  const found =
    id === "default"
      ? data.authorizationServers.first(eq("default", true))
      : data.authorizationServers.get(id);
  if (found === undefined) throw notFound(id, "AuthorizationServer");
  return found;
}

/** The policy that a path names, with its server. Throws 404. */
export function findPolicy(context: OktaContext, params: z.output<typeof policyParams>) {
  const server = findServer(context, params.authServerId);
  const policy = context.data.policies.get(params.policyId);
  if (policy?.serverId !== server.id) throw notFound(params.policyId, "Policy");
  return { server, policy };
}

/** The path of a server in the management API. */
export function serverPath(server: ServerRecord): string {
  return `/api/v1/authorizationServers/${nameOf(server)}`;
}

/** A server's issuer at the address where the org answers. */
export function issuerOf(origin: string, server: ServerRecord): string {
  return `${origin}/oauth2/${nameOf(server)}`;
}

function nameOf(server: ServerRecord): string {
  return server.default ? "default" : server.id;
}

import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core/where.ts";
import type { OktaContext } from "../context.ts";
import { notFound } from "../errors.ts";
import type { PolicyRecord, ServerRecord } from "./record.ts";

/** The path parameter that names an authorization server: its id, or `default`. */
export const serverParams = z.object({ authServerId: z.string() });

/** The path parameters that name a policy of an authorization server. */
export const policyParams = serverParams.extend({ policyId: z.string() });

/** The server with this id; `default` names the one that the org was born with. Throws 404. */
export function findServer({ data }: OktaContext, id: string): ServerRecord {
  const found =
    id === "default"
      ? data.authorizationServers.first(eq("default", true))
      : data.authorizationServers.get(id);
  if (found === undefined) throw notFound(id, "AuthorizationServer");
  return found;
}

/** The policy with this id on this server. Throws 404. */
export function findPolicy({ data }: OktaContext, server: ServerRecord, id: string): PolicyRecord {
  const found = data.policies.get(id);
  if (found?.serverId !== server.id) throw notFound(id, "Policy");
  return found;
}

/** What stands for a server in links and in its issuer. */
export function serverRef(server: ServerRecord): string {
  return server.default ? "default" : server.id;
}

/** The path of a server's endpoint in the management API. */
export function serverPath(ref: string): string {
  return `/api/v1/authorizationServers/${ref}`;
}

/** A server's issuer at the address where the org answers. */
export function issuerOf(origin: string, server: ServerRecord): string {
  return `${origin}/oauth2/${serverRef(server)}`;
}

/** Lets a request in when its bearer may do what the route asks for. */
import { credentials, requirePermission, type Verifier } from "@ai-api-access/verifier";
import type { FastifyReply, FastifyRequest } from "fastify";

export type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/**
 * A guard for a route; it runs before the body is read.
 *
 * @param permission of the API, as the stack declares it: `ai:read`
 * @param origin where callers reach the API; by default what each request says
 * @throws Refusal
 */
export function guardWith(verify: Verifier, permission: string, origin?: string): Guard {
  return async (request) => {
    const { token, proof } = credentials(request.raw, origin);
    const caller = await verify(token, proof);
    requirePermission(caller, permission);
    request.caller = caller;
  };
}

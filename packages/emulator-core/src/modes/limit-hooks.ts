import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ApiError, VendorErrors } from "../errors.ts";
import type { OpenEntry } from "../request-log.ts";
import { pathOf } from "./globs.ts";
import type { RateLimits } from "./limits.ts";
import type { Reading } from "./meters.ts";

/** What the limits of a server need. */
export interface LimitParts {
  readonly limits: RateLimits;
  readonly errors: Pick<VendorErrors, "tooManyRequests">;
  /** The log's entry of a request; a request without one (of the administration) is not counted. */
  readonly entryOf: (request: FastifyRequest) => OpenEntry | undefined;
  /** Puts status and headers of a refusal on a reply; gives the text to send. */
  readonly write: (reply: FastifyReply, error: ApiError) => string | undefined;
}

/** Refuses requests beyond the limits, and tells in every answer how many are left. */
export function addLimits(server: FastifyInstance, { limits, errors, entryOf, write }: LimitParts): void {
  const readings = new WeakMap<FastifyRequest, Reading>();
  server.addHook("preHandler", (request, reply, done) => {
    const path = pathOf(request.url);
    const reading = entryOf(request) && limits.take(request.method, path);
    if (reading !== undefined) readings.set(request, reading);
    if (reading?.allowed === false)
      void reply.send(write(reply, errors.tooManyRequests(reading.window, path)));
    else done();
  });
  server.addHook("onSend", (request, reply, payload, done) => {
    const reading = readings.get(request);
    if (reading !== undefined) void reply.headers(limits.headers(reading));
    done(null, payload);
  });
}

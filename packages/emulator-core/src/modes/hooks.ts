import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ApiError, VendorErrors } from "../http/errors.ts";
import type { OpenEntry } from "../http/request-log.ts";
import type { Clock } from "../times.ts";
import type { Interruption } from "./faults.ts";
import { pathOf } from "./globs.ts";
import type { Modes } from "./index.ts";
import type { RateDecision } from "./limits.ts";

/** What the limits and faults of a server need. */
interface ModeHookParts extends Pick<Modes, "faults" | "limits"> {
  readonly errors: Pick<VendorErrors, "tooManyRequests" | "outage">;
  readonly clock: Clock;
  /** The log's entry of a request. Requests without one (of the administration) meet neither limits nor faults. */
  readonly entryOf: (request: FastifyRequest) => OpenEntry | undefined;
  /** Puts status and headers of a refusal on a reply; gives the text to send. */
  readonly write: (reply: FastifyReply, error: ApiError) => string | undefined;
}

/** Refuses requests beyond the limits, and shows in every answer how many are left. */
export function addLimits(server: FastifyInstance, { limits, errors, entryOf, write }: ModeHookParts): void {
  const decisions = new WeakMap<FastifyRequest, RateDecision>();
  server.addHook("preHandler", (request, reply, done) => {
    const path = pathOf(request.url);
    const decision = entryOf(request) && limits.take(request.method, path);
    if (decision !== undefined) decisions.set(request, decision);
    if (decision?.allowed === false)
      void reply.send(write(reply, errors.tooManyRequests(decision.window, path)));
    else done();
  });
  server.addHook("onSend", (request, reply, payload, done) => {
    const decision = decisions.get(request);
    if (decision !== undefined) void reply.headers(limits.headers(decision));
    done(null, payload);
  });
}

/** Lets the requests of a server go wrong. */
export function addFaults(server: FastifyInstance, parts: ModeHookParts): void {
  const { faults, limits, errors, clock, entryOf, write } = parts;
  const pending = new WeakMap<FastifyRequest, Interruption>();
  const closing = new AbortController();

  const refusal = (
    { status }: Extract<Interruption, { kind: "status" }>,
    { method, url }: FastifyRequest,
  ): ApiError => {
    const path = pathOf(url);
    if (status !== 429) return errors.outage(status, path);
    const reset = Math.floor(clock() / 1000) + 1;
    return errors.tooManyRequests({ limit: limits.limitOf(method, path) ?? 1, remaining: 0, reset }, path);
  };
  server.addHook("onClose", () => {
    closing.abort();
  });
  server.addHook("onRequest", (request, _reply, done) => {
    const entry = entryOf(request);
    if (entry === undefined) {
      done();
      return;
    }
    const { delay, interruption, fired } = faults.decide(request.method, pathOf(request.url));
    entry.faults(fired);
    if (interruption !== undefined) pending.set(request, interruption);
    if (delay === 0) {
      done();
      return;
    }
    sleep(delay, undefined, { signal: closing.signal, ref: false }).then(
      () => {
        done();
      },
      () => request.raw.socket.destroy(),
    );
  });
  // Where a connection is dropped, `done` is not called: the request ends there.
  server.addHook("preHandler", (request, reply, done) => {
    const fault = pending.get(request);
    if (fault?.when !== "before") {
      done();
      return;
    }
    // Not earlier, so that the log has the body of what was refused. The answer is replaced in onSend.
    if (fault.kind === "drop") request.raw.socket.destroy();
    else void reply.send();
  });
  server.addHook("onSend", (request, reply, payload, done) => {
    const fault = pending.get(request);
    if (fault === undefined) {
      done(null, payload);
      return;
    }
    pending.delete(request);
    // What ends before its handler (a body that cannot be read) comes here too, whenever the fault was due.
    if (fault.when === "after") entryOf(request)?.withheld(reply.statusCode);
    if (fault.kind === "drop") {
      request.raw.socket.destroy();
      return;
    }
    for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
    done(null, write(reply, refusal(fault, request)));
  });
}

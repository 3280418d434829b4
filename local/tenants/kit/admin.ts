import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { parseJson } from "./json.ts";
import { faultRuleSchema } from "./modes/faults.ts";
import type { Faults } from "./modes/faults.ts";
import type { RequestLog } from "./request-log.ts";
import { ADMIN_PREFIX } from "./server.ts";
import { storeMarksSchema, tenantSnapshotSchema } from "./store.ts";
import type { Store } from "./store.ts";
import { messageOf } from "./thrown.ts";

const { version } = z
  .object({ version: z.string() })
  .parse(parseJson(readFileSync(new URL("../../package.json", import.meta.url), "utf8")));

const filterSchema = z.object({
  method: z.string().optional(),
  path: z.string().optional(),
  since: z.iso.datetime({ offset: true }).optional(),
});

const GIBIBYTE = 1024 ** 3;

/** What is administered. */
export interface Administered {
  readonly twin: string;
  readonly store: Store;
  readonly log: RequestLog;
  readonly faults: Faults;
}

/**
 * Adds the endpoints that every local tenant has and no vendor does: what it is, what it was asked, back to
 * birth, out with everything and in again. They need no token; the server is on loopback only, and requests
 * that a web page makes are refused.
 */
export function addAdminRoutes(server: FastifyInstance, { twin, store, log, faults }: Administered): void {
  void server.register(
    (admin, _options, done) => {
      admin.addHook("onRequest", async (request, reply) => {
        if (request.headers.origin !== undefined) {
          await reply
            .code(403)
            .send({ error: "forbidden", message: "Web pages may not administer a local tenant." });
        }
      });
      admin.setErrorHandler((error, _request, reply) => {
        const message = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
        return reply.code(400).send({ error: "bad_request", message });
      });
      admin.get("/", () => ({
        twin,
        version,
        pid: process.pid,
        note: "a local stand-in, not the vendor's service",
      }));
      admin.get("/requests", (request) => log.list(filterSchema.parse(request.query)));
      admin.delete("/requests", (_request, reply) => {
        log.clear();
        return reply.code(204).send();
      });
      admin.get("/faults", () => faults.list());
      admin.post("/faults", (request, reply) =>
        reply.code(201).send(faults.add(faultRuleSchema.parse(request.body))),
      );
      admin.delete("/faults", (_request, reply) => {
        faults.clear();
        return reply.code(204).send();
      });
      admin.post("/reset", (_request, reply) => {
        store.reset();
        return reply.code(204).send();
      });
      admin.get("/marks", () => store.marks());
      admin.post("/keys-after", (request) => store.keysAfter(storeMarksSchema.parse(request.body)));
      admin.get("/snapshot", () => store.snapshot());
      admin.put("/snapshot", { bodyLimit: GIBIBYTE }, (request, reply) => {
        store.restore(tenantSnapshotSchema.parse(request.body));
        return reply.code(204).send();
      });
      done();
    },
    { prefix: ADMIN_PREFIX },
  );
}

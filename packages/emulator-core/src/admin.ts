import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { parseJson } from "./json.ts";
import { faultRuleSchema } from "./modes/faults.ts";
import { logFilterSchema } from "./request-log.ts";
import type { RequestLog } from "./request-log.ts";
import { pathOf } from "./modes/globs.ts";
import type { Modes } from "./modes/index.ts";
import { lagSettingSchema } from "./modes/lag.ts";
import { limitSettingSchema } from "./modes/limits.ts";
import { ADMIN_PREFIX } from "./server.ts";
import { sameText } from "./same-text.ts";
import { storeMarksSchema, tenantSnapshotSchema } from "./store.ts";
import type { Store } from "./store.ts";
import { codeOf, messageOf } from "./thrown.ts";

const { version } = z
  .object({ version: z.string() })
  .parse(parseJson(readFileSync(new URL("../package.json", import.meta.url), "utf8")));

const TOKEN_WANTED =
  "This wants the admin token of the local tenants: Authorization: Bearer TOKEN. `npm run tenants` shows it, " +
  "and it is in running.json, in the folder of the tenants' databases.";

const GIBIBYTE = 1024 ** 3;

/** What is administered. */
export interface Administered {
  readonly twin: string;
  /** Whoever shows or changes anything here brings it as a bearer token. */
  readonly adminToken: string;
  readonly store: Store;
  readonly log: RequestLog;
  readonly modes: Modes;
}

/**
 * Adds the endpoints that every local tenant has and no vendor does: what it is (open to all), what it was asked,
 * how it is to behave, back to birth, out with everything and in again (all of these with the admin token, which
 * is none of the vendor's). Requests that a web page makes are refused.
 */
export function addAdminRoutes(
  server: FastifyInstance,
  { twin, adminToken, store, log, modes }: Administered,
): void {
  const { faults, limits, lag } = modes;
  void server.register(
    (admin, _options, done) => {
      admin.addHook("onRequest", async (request, reply) => {
        if (request.headers.origin !== undefined) {
          await reply
            .code(403)
            .send({ error: "forbidden", message: "Web pages may not administer a local tenant." });
        } else if (
          pathOf(request.url) !== ADMIN_PREFIX &&
          !isBearer(request.headers.authorization, adminToken)
        ) {
          await reply
            .code(401)
            .header("www-authenticate", "Bearer")
            .send({ error: "unauthorized", message: TOKEN_WANTED });
        }
      });
      admin.setErrorHandler((error, _request, reply) => {
        const message = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
        const tooLarge = codeOf(error) === "FST_ERR_CTP_BODY_TOO_LARGE";
        return reply.code(tooLarge ? 413 : 400).send({ error: "bad_request", message });
      });
      admin.setNotFoundHandler((_request, reply) =>
        reply.code(404).send({ error: "not_found", message: "No such endpoint; docs/twin.md lists them." }),
      );
      admin.get("/", () => ({
        twin,
        version,
        pid: process.pid,
        note: "a local stand-in, not the vendor's service",
      }));
      admin.get("/requests", (request) => log.list(logFilterSchema.parse(request.query)));
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
      admin.get("/limits", () => limits.get());
      admin.put("/limits", (request, reply) => {
        limits.set(limitSettingSchema.parse(request.body));
        return reply.code(204).send();
      });
      admin.get("/lag", () => lag.get());
      admin.put("/lag", (request, reply) => {
        lag.set(lagSettingSchema.parse(request.body));
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

function isBearer(header: string | undefined, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(header ?? "")?.[1];
  return given !== undefined && sameText(given, token);
}

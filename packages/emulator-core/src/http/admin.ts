import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { codeOf, messageOf } from "@ai-api-access/user-error";
import { parseJson } from "../json.ts";
import { faultRuleSchema } from "../modes/faults.ts";
import { pathOf } from "../modes/globs.ts";
import type { Modes } from "../modes/index.ts";
import { lagSettingSchema } from "../modes/lag.ts";
import { limitSettingSchema } from "../modes/limits.ts";
import { storeMarksSchema, tenantSnapshotSchema } from "../store/store.ts";
import type { Store } from "../store/store.ts";
import { logFilterSchema } from "./request-log.ts";
import type { RequestLog } from "./request-log.ts";
import { sameText } from "./same-text.ts";
import { ADMIN_PREFIX } from "./server.ts";

const { version } = z
  .object({ version: z.string() })
  .parse(parseJson(readFileSync(new URL("../../package.json", import.meta.url), "utf8")));

const TOKEN_WANTED =
  "This wants the admin token of the local tenants: Authorization: Bearer TOKEN. It is AI_API_ACCESS_ADMIN_TOKEN " +
  "in the file that `npx ai-api-access tenants` or --write-env writes.";

const OPEN_TO_ALL = new Set([ADMIN_PREFIX, `${ADMIN_PREFIX}/health`]);

/** In bytes. */
const SNAPSHOT_LIMIT = 1024 ** 3;

/** What is administered. */
interface Administered {
  readonly twin: string;
  /** The bearer token that these endpoints want. */
  readonly adminToken: string;
  readonly store: Store;
  readonly log: RequestLog;
  readonly modes: Modes;
}

/**
 * Adds the endpoints that every local tenant has and no vendor does: what it is (open to all); and, with the admin
 * token, which is none of the vendor's: its requests, its modes, reset, snapshots. Requests of a web page are refused.
 */
export function addAdminRoutes(server: FastifyInstance, administered: Administered): void {
  const { twin, adminToken, store, log, modes } = administered;
  const { faults, limits, lag } = modes;
  void server.register(
    (admin, _options, done) => {
      admin.addHook("onRequest", async (request, reply) => {
        if (request.headers.origin !== undefined) {
          await reply
            .code(403)
            .send({ error: "forbidden", message: "Web pages may not administer a local tenant." });
        } else if (
          !OPEN_TO_ALL.has(pathOf(request.url)) &&
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
      /** Adds an endpoint that does something and answers 204. */
      const act = (
        method: "POST" | "PUT" | "DELETE",
        url: string,
        run: (body: unknown) => void,
        options: { readonly bodyLimit?: number } = {},
      ): void => {
        admin.route({
          ...options,
          method,
          url,
          handler: (request, reply) => {
            run(request.body);
            return reply.code(204).send();
          },
        });
      };
      const note = "a local stand-in, not the vendor's service";
      admin.get("/", () => ({ twin, version, pid: process.pid, note }));
      // That a tenant answers says that it listens; a store that can be read, that it can work.
      admin.get("/health", () => ({ twin, status: store.seeded ? "ok" : "empty" }));
      admin.get("/requests", (request) => log.list(logFilterSchema.parse(request.query)));
      act("DELETE", "/requests", () => {
        log.clear();
      });
      admin.get("/faults", () => faults.list());
      admin.post("/faults", (request, reply) =>
        reply.code(201).send(faults.add(faultRuleSchema.parse(request.body))),
      );
      act("DELETE", "/faults", () => {
        faults.clear();
      });
      admin.get("/limits", () => limits.get());
      act("PUT", "/limits", (body) => {
        limits.set(limitSettingSchema.parse(body));
      });
      admin.get("/lag", () => lag.get());
      act("PUT", "/lag", (body) => {
        lag.set(lagSettingSchema.parse(body));
      });
      act("POST", "/reset", () => {
        store.reset();
      });
      admin.get("/marks", () => store.marks());
      admin.post("/keys-after", (request) => store.keysAfter(storeMarksSchema.parse(request.body)));
      admin.get("/snapshot", () => store.snapshot());
      act(
        "PUT",
        "/snapshot",
        (body) => {
          store.restore(tenantSnapshotSchema.parse(body));
        },
        { bodyLimit: SNAPSHOT_LIMIT },
      );
      done();
    },
    { prefix: ADMIN_PREFIX },
  );
}

function isBearer(header: string | undefined, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(header ?? "")?.[1];
  return given !== undefined && sameText(given, token);
}

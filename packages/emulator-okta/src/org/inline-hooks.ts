import { z } from "zod";
import { isRecord, jsonObjectSchema } from "@ai-api-access/emulator-core/json.ts";
import type { JsonObject } from "@ai-api-access/emulator-core/json.ts";
import { eq } from "@ai-api-access/emulator-core/where.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, notFound, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { link } from "../links.ts";
import type { InlineHookRecord } from "./record.ts";

const hookBody = z.object({
  name: z.string().min(1),
  type: z.string().min(1),
  version: z.string().min(1),
  channel: jsonObjectSchema,
});

/** An inline hook as Okta answers it. The secret that the hook's service is called with is never shown. */
function renderHook(origin: string, hook: InlineHookRecord) {
  const path = `/api/v1/inlineHooks/${hook.id}`;
  const links =
    hook.status === "ACTIVE"
      ? {
          self: link(origin, path),
          execute: link(origin, `${path}/execute`, "POST"),
          deactivate: link(origin, `${path}/lifecycle/deactivate`, "POST"),
        }
      : {
          activate: link(origin, `${path}/lifecycle/activate`, "POST"),
          self: link(origin, path),
          delete: link(origin, path, "DELETE"),
        };
  const { id, status, name, type, version, created, lastUpdated } = hook;
  return {
    id,
    status,
    name,
    type,
    version,
    channel: withoutSecret(hook.channel),
    created,
    lastUpdated,
    _links: links,
  };
}

function withoutSecret(channel: JsonObject) {
  const { config } = channel;
  if (!isRecord(config) || !isRecord(config.authScheme)) return channel;
  const authScheme = Object.fromEntries(
    Object.entries(config.authScheme).filter(([name]) => name !== "value"),
  );
  return { ...channel, config: { headers: [], ...config, authScheme } };
}

function findHook({ data }: OktaContext, id: string): InlineHookRecord {
  const found = data.inlineHooks.get(id);
  if (found === undefined) throw notFound(id, "InlineHook");
  return found;
}

function requireFreeName({ data }: OktaContext, name: string, id?: string): void {
  if (data.inlineHooks.find(eq("name", name)).some((hook) => hook.id !== id)) throw alreadyExists("name");
}

const one = "/api/v1/inlineHooks/:inlineHookId";
const hookParams = z.object({ inlineHookId: z.string() });
const read = { access: ["okta.inlineHooks.read"], success: 200 } as const;
const manage = { access: ["okta.inlineHooks.manage"], success: 200 } as const;

const lifecycleRoutes = (["activate", "deactivate"] as const).map((turn) =>
  route({
    ...manage,
    method: "POST",
    path: `${one}/lifecycle/${turn}`,
    operation: `${turn}InlineHook`,
    params: hookParams,
    handler: ({ params, call }, context) => {
      const hook = findHook(context, params.inlineHookId);
      const status = turn === "activate" ? "ACTIVE" : "INACTIVE";
      return renderHook(
        call.origin,
        context.data.inlineHooks.put({ ...hook, status, lastUpdated: context.now() }),
      );
    },
  }),
);

/** Inline hooks (Okta docs, "Inline Hooks API"). They are kept so that rules can name them; nothing calls them. */
export const inlineHookRoutes = [
  route({
    ...manage,
    method: "POST",
    path: "/api/v1/inlineHooks",
    operation: "createInlineHook",
    body: hookBody,
    handler: ({ body, call }, context) => {
      requireFreeName(context, body.name);
      const now = context.now();
      const hook: InlineHookRecord = {
        id: newId("inlineHook"),
        status: "ACTIVE",
        ...body,
        created: now,
        lastUpdated: now,
      };
      return renderHook(call.origin, context.data.inlineHooks.insert(hook));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: "/api/v1/inlineHooks",
    operation: "listInlineHooks",
    handler: ({ call }, { data }) => data.inlineHooks.find().map((hook) => renderHook(call.origin, hook)),
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getInlineHook",
    params: hookParams,
    handler: ({ params, call }, context) => renderHook(call.origin, findHook(context, params.inlineHookId)),
  }),
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "replaceInlineHook",
    params: hookParams,
    body: hookBody,
    handler: ({ params, body, call }, context) => {
      const hook = findHook(context, params.inlineHookId);
      requireFreeName(context, body.name, hook.id);
      return renderHook(
        call.origin,
        context.data.inlineHooks.put({ ...hook, ...body, lastUpdated: context.now() }),
      );
    },
  }),
  ...lifecycleRoutes,
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "deleteInlineHook",
    success: 204,
    params: hookParams,
    handler: ({ params }, context) => {
      const hook = findHook(context, params.inlineHookId);
      if (hook.status === "ACTIVE") {
        throw validationFailed(
          "status",
          "status: an inline hook must be deactivated before it can be deleted",
        );
      }
      context.data.inlineHooks.delete(hook.id);
    },
  }),
];

import { z } from "zod";
import { eq, isRecord, jsonObjectSchema, without } from "@ai-api-access/emulator-core";
import type { JsonObject } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, notFound, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { lifecycleRoutes } from "../lifecycle.ts";
import { lifecycleLink, link } from "../render.ts";
import type { InlineHookRecord } from "./record.ts";

const hookParams = z.object({ inlineHookId: z.string() });

function findHook({ data }: OktaContext, id: string): InlineHookRecord {
  const found = data.inlineHooks.get(id);
  if (found === undefined) throw notFound(id, "InlineHook");
  return found;
}

const hookBody = z.object({
  name: z.string().min(1),
  type: z.string().min(1),
  version: z.string().min(1),
  channel: jsonObjectSchema,
});

function requireFreeName({ data }: OktaContext, name: string, id?: string): void {
  if (data.inlineHooks.find(eq("name", name)).some((hook) => hook.id !== id)) throw alreadyExists("name");
}

function renderHook(origin: string, hook: InlineHookRecord) {
  const path = `/api/v1/inlineHooks/${hook.id}`;
  return {
    ...hook,
    channel: withoutSecrets(hook.channel),
    _links: {
      self: link(origin, path),
      ...lifecycleLink(origin, path, hook.status),
      ...(hook.status === "ACTIVE"
        ? { execute: link(origin, `${path}/execute`, "POST") }
        : { delete: link(origin, path, "DELETE") }),
    },
  };
}

/** The secrets with which the hook's service would be called are never shown. */
function withoutSecrets(channel: JsonObject) {
  const { config } = channel;
  if (!isRecord(config)) return channel;
  const { headers = [], authScheme, ...shown } = without(config, "clientSecret");
  const scheme = isRecord(authScheme) ? without(authScheme, "value") : null;
  return { ...channel, config: { ...shown, headers, authScheme: scheme } };
}

const one = "/api/v1/inlineHooks/:inlineHookId";
const read = { access: ["okta.inlineHooks.read"], success: 200 } as const;
const manage = { access: ["okta.inlineHooks.manage"], success: 200 } as const;

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
      const changed = { ...hook, ...body, lastUpdated: context.now() };
      return renderHook(call.origin, context.data.inlineHooks.put(changed));
    },
  }),
  ...lifecycleRoutes({
    ...manage,
    path: one,
    of: "InlineHook",
    params: hookParams,
    set: (status, { params, call }, context) => {
      const hook = findHook(context, params.inlineHookId);
      const changed = { ...hook, status, lastUpdated: context.now() };
      return renderHook(call.origin, context.data.inlineHooks.put(changed));
    },
  }),
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
        const cause = "status: an inline hook must be deactivated before it can be deleted";
        throw validationFailed("status", cause);
      }
      context.data.inlineHooks.delete(hook.id);
    },
  }),
];

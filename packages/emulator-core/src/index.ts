/**
 * What every local tenant is made of: a store, routes as data, errors in the vendor's words, a request log,
 * admin endpoints. It knows no vendor.
 *
 * ```ts
 * const store = new Store(file);                                     // ":memory:" or a path
 * const groups = store.collection({ name: "groups", schema, key: (group) => group.id,
 *   columns: { name: { of: (group) => group.profile.name, unique: true } } });
 * store.bear(() => { groups.insert(everyone); });                    // once in the life of the file; reset() comes back here
 *
 * interface Context { store: Store; groups: typeof groups; clock: Clock }
 * const route = routesOf<Context>();
 * const getGroup = route({
 *   method: "GET", path: "/api/v1/groups/:id", operation: "getGroup", access: "authenticated", success: 200,
 *   params: z.object({ id: z.string() }),                            // also `query` and `body`
 *   handler: ({ params, call }, { groups }) => {                     // runs in one transaction; not async
 *     const group = groups.get(params.id);
 *     if (group === undefined) throw new OktaError(404, "E0000007", …);  // your subclass of ApiError
 *     return { ...group, _links: links(call.origin) };               // or new Reply(status, body, headers)
 *   },
 * });                                                                // `asyncHandler` for what has to wait
 *
 * return startTenant({ twin: "okta", store, routes: [getGroup], context, clock, port,
 *   vendor: { errors, authorize(call, route, context) { … throw … } } });
 * ```
 *
 * Pages: `groups.find(eq("name", "x"), { order: ["created", "key"], after: ["2026…", "00g…"], limit: 20 })`.
 * Besides the declared columns every collection has `key` and `seq` (the order of insertion, the default).
 * Conditions: eq, compare, anyOf, among, beginning, like (`*` stands for any text), present, and, or, not.
 */
export { Collection, DuplicateError } from "./collection.ts";
export type { CollectionSpec, Column, Page } from "./collection.ts";
export { ApiError, GatewayError } from "./errors.ts";
export type { RateWindow, RequestPart, VendorErrors } from "./errors.ts";
export { alphanumeric, compositeKey, hex, objectId, urlSafe } from "./ids.ts";
export { isRecord, jsonObjectSchema, jsonSchema, parseJson, recordOr } from "./json.ts";
export type { Json, JsonObject } from "./json.ts";
export type { Tls } from "./listen.ts";
export { faultRuleSchema } from "./modes/faults.ts";
export type { ActiveFault, FaultEffect, FaultRule, FiredFault } from "./modes/faults.ts";
export { FAULT_EXAMPLE, parseFaultSpec } from "./modes/fault-spec.ts";
export type { ModeOptions } from "./modes/index.ts";
export { parseLag } from "./modes/lag.ts";
export type { Lagging, LagSetting } from "./modes/lag.ts";
export { parseLimit } from "./modes/limits.ts";
export type { LimitPlan, LimitRule, LimitSetting, VendorLimits } from "./modes/limits.ts";
export type { Quota } from "./modes/meters.ts";
export type { LogFilter, LoggedRequest } from "./request-log.ts";
export { Reply, routesOf } from "./routes.ts";
export type { Access, Call, Cookie, Method, Parts, Route, RouteFacts } from "./routes.ts";
export type { Vendor } from "./server.ts";
export { Store, storeMarksSchema, tenantSnapshotSchema } from "./store.ts";
export type { StoreMarks, TenantSnapshot } from "./store.ts";
export { startTenant } from "./tenant.ts";
export type { StartOptions, RunningTenant, TenantParts } from "./tenant.ts";
export { epochSeconds, systemClock, timestamp } from "./times.ts";
export type { Clock } from "./times.ts";
export { among, and, anyOf, beginning, compare, eq, like, not, or, present } from "./where.ts";
export type { Operand, Scalar, Where } from "./where.ts";

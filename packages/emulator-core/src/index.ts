/**
 * What every local tenant is made of: a store, routes as data, errors in the vendor's words, a request log,
 * admin endpoints. It knows no vendor.
 *
 * ```ts
 * const store = new Store(file);                                     // ":memory:" or a path
 * const groups = store.collection({ name: "groups", schema, key: (group) => group.id,
 *   columns: { name: { of: (group) => group.profile.name, unique: true } } });
 * store.seed(() => { groups.insert(everyone); });                    // seeds a new file; reset() comes back to this
 *
 * interface Context { groups: typeof groups; now: () => string }
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
 *   vendor: { errors, limits, lagging, authorize(call, route, context) { … throw … } } });
 * ```
 *
 * Pages: `groups.find(eq("name", "x"), { order: ["created", "key"], after: ["2026…", "00g…"], limit: 20 })`.
 * In addition to its declared columns every collection has `key` and `seq` (the order of insertion, the default).
 * Conditions: eq, compare, anyOf, among, beginning, like (`*` stands for any text), present, and, or, not.
 */
export { ApiError, GatewayError } from "./http/errors.ts";
export type { RateWindow, RequestPart, VendorErrors } from "./http/errors.ts";
export type { Tls } from "./http/listen.ts";
export { HtmlError, htmlReply } from "./http/html.ts";
export { masked } from "./http/masking.ts";
export { RequestLog } from "./http/request-log.ts";
export type { LoggedRequest } from "./http/request-log.ts";
export { Reply, routesOf } from "./http/routes.ts";
export type { Access, Call, Cookie, Parts, Route, RouteFacts } from "./http/routes.ts";
export { sameText } from "./http/same-text.ts";
export type { Vendor } from "./http/server.ts";
export { alphanumeric, compositeKey, hex, objectId, urlSafe } from "./ids.ts";
export { isRecord, jsonObjectSchema, jsonSchema, parseJson, recordOr, without } from "./json.ts";
export type { Json, JsonObject } from "./json.ts";
export { ownCertificate } from "./machine/own-certificate.ts";
export type { Trust } from "./machine/certificates.ts";
export type { FaultRule } from "./modes/faults.ts";
export { parseFaultSpec } from "./modes/fault-spec.ts";
export type { ModeOptions } from "./modes/index.ts";
export { parseLag } from "./modes/lag.ts";
export type { Lagging } from "./modes/lag.ts";
export { parseLimit, RateLimits } from "./modes/limits.ts";
export type { LimitPlan, LimitRule, Quota, VendorLimits } from "./modes/limits.ts";
export { hashPassword, isPassword } from "./passwords.ts";
export { applySeed, readSeedFile, seedError } from "./seed/seed-file.ts";
export type { SeedFile, SeedMistake } from "./seed/seed-file.ts";
export { Seeding } from "./seed/seeding.ts";
export type { Collection, CollectionSpec } from "./store/collection.ts";
export { Store, storeMarksSchema, tenantSnapshotSchema } from "./store/store.ts";
export type { TenantSnapshot } from "./store/store.ts";
export { among, and, anyOf, beginning, compare, eq, like, not, or, present } from "./store/where.ts";
export type { Operand, Where } from "./store/where.ts";
export { startTenant } from "./tenant.ts";
export type { RunningTenant, StartOptions } from "./tenant.ts";
export { epochSeconds, systemClock, timestamp } from "./times.ts";
export type { Clock } from "./times.ts";

import { z } from "zod";
import { route } from "../context.ts";
import { paged } from "./paging.ts";

const PAGE = 50;

/**
 * What runs code in a tenant: this one has none of it. Tools that carry whole tenants, such as auth0-deploy-cli, ask
 * for these lists first.
 */
export const extensionRoutes = [
  route({
    method: "GET",
    path: "/api/v2/rules",
    operation: "get_rules",
    access: ["read:rules"],
    success: 200,
    query: z.looseObject(paged()),
    handler: ({ query: { page = 0, per_page: limit = PAGE, include_totals: withTotals } }) =>
      withTotals === true ? { start: page * limit, limit, length: 0, total: 0, rules: [] } : [],
  }),
  route({
    method: "GET",
    path: "/api/v2/actions/actions",
    operation: "get_actions",
    access: ["read:actions"],
    success: 200,
    query: z.looseObject(paged()),
    handler: ({ query: { page = 0, per_page = PAGE } }) => ({ total: 0, page, per_page, actions: [] }),
  }),
];

import { z } from "zod";
import { eq, timestamp } from "@ai-api-access/emulator-core";
import { deleteUser } from "../../cascades.ts";
import { patched } from "../../changes.ts";
import type { Collections } from "../../collections.ts";
import { route } from "../../context.ts";
import { invalidBody, ManagementError } from "../../errors.ts";
import { fieldsQuery, pickFields } from "../../fields.ts";
import { connectionOf, idParams, userOf } from "../../lookups.ts";
import { endSessionsOf } from "../../authentication/login/sessions.ts";
import { listed, emptiableQuery } from "../../paging.ts";
import { checkStrength, keepPassword } from "../../passwords.ts";
import { searchCondition } from "../../users-search.ts";
import { unblock } from "./blocks.ts";
import { allowsUsername, checkUserIsFree, createUser } from "./creation.ts";
import { createUserBody, updateUserBody } from "./schemas.ts";

const listQuery = z.looseObject({
  ...emptiableQuery,
  ...fieldsQuery,
  q: z.string().optional(),
  search_engine: z.string().optional(),
  sort: z
    .string()
    .regex(/^[\w.]+:(1|-1)$/)
    .optional()
    .describe(
      "Field to sort by. Use `field:order` where `order` is `1` for ascending and `-1` for descending.",
    ),
});

const SORTABLE = ["email", "username", "name", "created_at", "updated_at"] as const;

/** The vendor's own text for a page beyond the first 1000 users. */
const TOO_FAR =
  "You can only page through the first 1000 records. See https://auth0.com/docs/users/search/v3/view-search-results-by-page#limitation";

/** Whether a search finds so many users that it is quicker to look at all in their order than to sort those. */
function fitsMost(db: Collections, where: Parameters<Collections["users"]["count"]>[0]): boolean {
  const found = db.users.count(where);
  // A page of the first 1000 is found among the first 1000 * all / found.
  return found * found > 1000 * db.users.count();
}

export const userRoutes = [
  route({
    method: "GET",
    path: "/api/v2/users",
    operation: "get_users",
    access: ["read:users", "read:user_idp_tokens"],
    success: 200,
    query: listQuery,
    handler: ({ query }, { db }) => {
      if ((query.page ?? 0) * (query.per_page ?? 50) >= 1000) throw new ManagementError(400, TOO_FAR);
      const [field, direction] = (query.sort ?? "created_at:1").split(":");
      const column = SORTABLE.find((name) => name === field) ?? "created_at";
      const where = query.q === undefined || query.q.trim() === "" ? undefined : searchCondition(db, query.q);
      return listed(query, {
        name: "users",
        rows: db.users,
        ...(where === undefined ? {} : { where, mostFit: fitsMost(db, where) }),
        order: [column, "key"],
        descending: direction === "-1",
        show: (user) => pickFields(user, query),
        shape: "users",
      });
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/users-by-email",
    operation: "get_users-by-email",
    access: ["read:users"],
    success: 200,
    query: z.looseObject({
      ...fieldsQuery,
      email: z.string().describe("Email address to search for (case-sensitive)"),
    }),
    // Stored emails are in lower case; the address asked for is compared as it is.
    handler: ({ query }, { db }) =>
      db.users
        .find(eq("email", query.email))
        .filter((user) => user.email === query.email)
        .map((user) => pickFields(user, query)),
  }),
  route({
    method: "GET",
    path: "/api/v2/users/:id",
    operation: "get_users_by_id",
    access: ["read:users", "read:current_user"],
    success: 200,
    params: idParams,
    query: z.looseObject(fieldsQuery),
    handler: ({ params, query }, { db }) => pickFields(userOf(db, params.id), query),
  }),
  route({
    method: "POST",
    path: "/api/v2/users",
    operation: "post_users",
    access: ["create:users"],
    success: 201,
    body: createUserBody,
    handler: ({ body }, context) => createUser(context, body),
  }),
  route({
    method: "PATCH",
    path: "/api/v2/users/:id",
    operation: "patch_users_by_id",
    access: ["update:users", "update:users_app_metadata", "update:current_user_metadata"],
    success: 200,
    params: idParams,
    body: updateUserBody,
    handler: ({ params, body }, { db, clock }) => {
      const user = userOf(db, params.id);
      const { password, ...asked } = body;
      const [identity] = user.identities;
      const home = db.connections.first(eq("name", identity?.connection ?? ""));
      if (asked.username !== undefined && home !== undefined && !allowsUsername(home)) {
        throw invalidBody("Cannot set username for connection without requires_username.");
      }
      const email = asked.email?.toLowerCase();
      checkUserIsFree(
        db,
        identity?.connection ?? "",
        { email, username: asked.username ?? undefined },
        user.user_id,
      );
      if (password !== undefined) {
        checkStrength(connectionOf(db, home?.id ?? "").options, password);
        keepPassword(db, user.user_id, password);
        endSessionsOf(db, user.user_id);
        unblock(db, user);
      }
      // First-level keys of metadata are merged, null takes one away; deeper levels are replaced.
      const changes = {
        ...asked,
        ...(email === undefined ? {} : { email }),
        ...(asked.user_metadata === undefined
          ? {}
          : { user_metadata: merged(user.user_metadata, asked.user_metadata) }),
        ...(asked.app_metadata === undefined
          ? {}
          : { app_metadata: orNull(merged(user.app_metadata, asked.app_metadata)) }),
        updated_at: timestamp(clock),
        // These say how to change the user; they are nothing of the user.
        connection: null,
        client_id: null,
        verify_email: null,
        verify_phone_number: null,
      };
      return db.users.put(patched(user, changes));
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/users/:id",
    operation: "delete_users_by_id",
    access: ["delete:users", "delete:current_user"],
    success: 204,
    params: idParams,
    handler: ({ params }, { db }) => {
      deleteUser(db, params.id);
    },
  }),
];

/** Metadata after a PATCH; an empty object clears it all. */
function merged(old: object | undefined, asked: object): object {
  return Object.keys(asked).length === 0 ? {} : patched({ ...old }, asked);
}

/** Empty app_metadata is not shown at all, while empty user_metadata is. */
function orNull(metadata: object): object | null {
  return Object.keys(metadata).length === 0 ? null : metadata;
}

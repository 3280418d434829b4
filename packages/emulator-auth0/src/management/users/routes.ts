import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core";
import { endSessionsOf } from "../../authentication/login/sessions.ts";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { invalidBody, ManagementError } from "../../errors.ts";
import { compact, patched } from "../../objects.ts";
import { endpoints } from "../access.ts";
import { findConnection } from "../connections/find.ts";
import { fieldsQuery, pickFields } from "../fields.ts";
import { idParams } from "../formats.ts";
import { paged, pageReply } from "../paging.ts";
import { unblock } from "../user-blocks.ts";
import { userBody, userChangeBody } from "./body.ts";
import { allowsUsername, createUser, requireFreeLogins } from "./create.ts";
import { findUser } from "./find.ts";
import { keepPassword, validatePassword } from "./passwords.ts";
import type { UserRecord } from "./record.ts";
import { usersWhere } from "./search.ts";

/** Deletes a user with memberships, roles, permissions, password and all that came of signing in. */
export function removeUser({ data }: Auth0Context, id: string): void {
  const own = eq<"user_id">("user_id", id);
  data.organizationMemberRoles.deleteWhere(own);
  data.organizationMembers.deleteWhere(own);
  data.userRoles.deleteWhere(own);
  data.userPermissions.deleteWhere(own);
  data.passwords.delete(id);
  data.sessions.deleteWhere(own);
  data.authorizationCodes.deleteWhere(own);
  data.refreshTokens.deleteWhere(own);
  data.userGrants.deleteWhere(own);
  data.users.delete(id);
}

const listQuery = z.looseObject({
  ...paged(0),
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

function listUsers(context: Auth0Context, query: z.output<typeof listQuery>): unknown {
  const { users } = context.data;
  const { q = "", page = 0, per_page: size = 50 } = query;
  if (page * size >= 1000) throw new ManagementError(400, TOO_FAR);
  const [field, direction] = (query.sort ?? "created_at:1").split(":");
  const where = q.trim() === "" ? undefined : usersWhere(context, q);
  const found = where && users.count(where);
  return pageReply(query, {
    name: "users",
    rows: users,
    where,
    // A page of the first 1000 is found among the first 1000 * all / found.
    walkInOrder: found !== undefined && found * found > 1000 * users.count(),
    order: [SORTABLE.find((name) => name === field) ?? "created_at", "key"],
    descending: direction === "-1",
    render: (user) => pickFields(user, query),
    shape: "users",
  });
}

/** A password that is changed ends what was signed in with the old one, and the blocks for wrong ones. */
function changePassword(
  context: Auth0Context,
  user: UserRecord,
  connectionId: string,
  password: string,
): void {
  validatePassword(findConnection(context, connectionId).options, password);
  keepPassword(context, user.user_id, password);
  endSessionsOf(context, user.user_id);
  unblock(context, user);
}

/** Metadata after a PATCH: first-level keys are merged, null takes one away; an empty object clears it all. */
function mergedMetadata(old: object | undefined, asked: object): object {
  return Object.keys(asked).length === 0 ? {} : patched({ ...old }, asked);
}

/** Empty app_metadata is not shown at all, while empty user_metadata is. */
function orNull(metadata: object): object | null {
  return Object.keys(metadata).length === 0 ? null : metadata;
}

function changeUser(
  context: Auth0Context,
  user: UserRecord,
  body: z.output<typeof userChangeBody>,
): UserRecord {
  const { password, user_metadata: metadata, app_metadata: appMetadata, ...asked } = body;
  const connection = user.identities[0]?.connection ?? "";
  const home = context.data.connections.first(eq("name", connection));
  if (asked.username !== undefined && home !== undefined && !allowsUsername(home)) {
    throw invalidBody("Cannot set username for connection without requires_username.");
  }
  const email = asked.email?.toLowerCase();
  const logins = { email, username: asked.username ?? undefined };
  requireFreeLogins(context, connection, logins, user.user_id);
  if (password !== undefined) changePassword(context, user, home?.id ?? "", password);
  return patched(user, {
    ...asked,
    ...compact({ email, user_metadata: metadata && mergedMetadata(user.user_metadata, metadata) }),
    ...(appMetadata && { app_metadata: orNull(mergedMetadata(user.app_metadata, appMetadata)) }),
    updated_at: context.now(),
    // These say how to change the user; they are nothing of the user.
    connection: null,
    client_id: null,
    verify_email: null,
    verify_phone_number: null,
  });
}

const all = { path: "/api/v2/users" };
const one = { path: "/api/v2/users/:id", params: idParams };
const { create, list, get, update, remove } = endpoints("users", all, one);

/** Users (Auth0 docs: Management API, Users). */
export const userRoutes = [
  route({
    ...create,
    operation: "post_users",
    body: userBody,
    handler: ({ body }, context) => createUser(context, body),
  }),
  route({
    ...list,
    operation: "get_users",
    access: ["read:users", "read:user_idp_tokens"],
    query: listQuery,
    handler: ({ query }, context) => listUsers(context, query),
  }),
  route({
    ...list,
    path: "/api/v2/users-by-email",
    operation: "get_users-by-email",
    query: z.looseObject({
      ...fieldsQuery,
      email: z.string().describe("Email address to search for (case-sensitive)"),
    }),
    // Stored emails are in lower case; the address asked for is compared as it is.
    handler: ({ query }, { data }) =>
      data.users
        .find(eq("email", query.email))
        .filter((user) => user.email === query.email)
        .map((user) => pickFields(user, query)),
  }),
  route({
    ...get,
    operation: "get_users_by_id",
    access: ["read:users", "read:current_user"],
    query: z.looseObject(fieldsQuery),
    handler: ({ params, query }, context) => pickFields(findUser(context, params.id), query),
  }),
  route({
    ...update,
    operation: "patch_users_by_id",
    access: ["update:users", "update:users_app_metadata", "update:current_user_metadata"],
    body: userChangeBody,
    handler: ({ params, body }, context) =>
      context.data.users.put(changeUser(context, findUser(context, params.id), body)),
  }),
  route({
    ...remove,
    operation: "delete_users_by_id",
    access: ["delete:users", "delete:current_user"],
    handler: ({ params }, context) => {
      removeUser(context, params.id);
    },
  }),
];

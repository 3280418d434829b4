import { z } from "zod";
import { and, eq, like, or } from "@ai-api-access/emulator-core/where.ts";
import type { Where } from "@ai-api-access/emulator-core/where.ts";
import { route } from "../../context.ts";
import { filterWhere } from "../../filter.ts";
import { newId } from "../../ids.ts";
import { paged, pageReply, wholeReply } from "../../paging.ts";
import { renderGroup } from "../groups/groups.ts";
import { profileOf, requireSound, userBody } from "./body.ts";
import { findUser, userParams } from "./find.ts";
import type { UserRecord } from "./record.ts";
import { renderUser, renderUserInList } from "./render.ts";

type UserColumn = "login" | "email" | "firstName" | "lastName" | "status" | "key";

/** What `filter` and `search` can look at here. */
const FIELDS = {
  "profile.login": "login",
  "profile.email": "email",
  "profile.firstName": "firstName",
  "profile.lastName": "lastName",
  status: "status",
  id: "key",
} as const;

interface UserQuery {
  readonly q?: string | undefined;
  readonly filter?: string | undefined;
  readonly search?: string | undefined;
}

/**
 * Okta docs, "List all users": `q` is the beginning of a name or of the email address; `filter` and `search` are
 * expressions. Without any of them the deprovisioned are left out.
 */
function usersWhere({ q, filter, search }: UserQuery): Where<UserColumn> {
  const names = ["firstName", "lastName", "email"] as const;
  const expressions = [filter, search].flatMap((expression) =>
    expression === undefined ? [] : [filterWhere(expression, FIELDS)],
  );
  const byName = q === undefined ? [] : [or(...names.map((name) => like(name, `${q}*`)))];
  if (expressions.length + byName.length > 0) return and<UserColumn>(...byName, ...expressions);
  const there = ["STAGED", "PROVISIONED", "ACTIVE"] as const;
  return or(...there.map((status) => eq<UserColumn>("status", status)));
}

const read = { access: ["okta.users.read"], success: 200 } as const;

/** People (Okta docs, "Users API"): making them and looking them up. */
export const userRoutes = [
  route({
    method: "POST",
    path: "/api/v1/users",
    operation: "createUser",
    access: ["okta.users.manage"],
    success: 200,
    query: z.object({ activate: z.enum(["true", "false"]).optional() }),
    body: userBody,
    handler: ({ query, body, call }, context) => {
      requireSound(context, body);
      const now = context.now();
      const active = query.activate !== "false";
      const org = context.org();
      const user: UserRecord = {
        id: newId("user"),
        status: active ? (body.credentials ? "ACTIVE" : "PROVISIONED") : "STAGED",
        created: now,
        activated: active ? now : null,
        statusChanged: active ? now : null,
        lastLogin: null,
        lastUpdated: now,
        passwordChanged: body.credentials ? now : null,
        typeId: org.userTypeId,
        profile: profileOf(body),
      };
      return renderUser(call.origin, org, context.data.users.insert(user));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: "/api/v1/users",
    operation: "listUsers",
    query: z.object({
      q: z.string().optional(),
      filter: z.string().optional(),
      search: z.string().optional(),
      ...paged(200),
    }),
    handler: ({ query, call }, { data }) =>
      pageReply(data.users, usersWhere(query), query, call, (user) => renderUserInList(call.origin, user)),
  }),
  route({
    ...read,
    method: "GET",
    path: "/api/v1/users/:userId",
    operation: "getUser",
    params: userParams,
    handler: ({ params, call }, context) => {
      const org = context.org();
      // A client that acts for itself is nobody's: for it there is no `me`.
      const mine = params.userId === "me" && /^SSWS /i.test(call.headers.authorization ?? "");
      const user = findUser(context, mine ? org.adminUserId : params.userId);
      return renderUser(call.origin, org, user);
    },
  }),
  route({
    method: "GET",
    path: "/api/v1/users/:userId/groups",
    operation: "listUserGroups",
    access: ["okta.users.read"],
    success: 200,
    params: userParams,
    handler: ({ params, call }, context) => {
      const { data } = context;
      const user = findUser(context, params.userId);
      const everyone = data.groups
        .find(eq("type", "BUILT_IN"))
        .filter(({ profile }) => profile.name === "Everyone");
      const places = data.groupMembers.find(eq("userId", user.id));
      const own = places.flatMap(({ groupId }) => data.groups.get(groupId) ?? []);
      return wholeReply(
        call,
        [...everyone, ...own].map((group) => renderGroup(call.origin, context.org(), group)),
      );
    },
  }),
];

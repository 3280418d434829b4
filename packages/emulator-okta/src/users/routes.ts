import { createHash } from "node:crypto";
import { z } from "zod";
import { and, eq, like, or, Reply } from "@ai-api-access/emulator-core";
import type { Call, Where } from "@ai-api-access/emulator-core";
import { activateQuery } from "../body.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { activationFailed } from "../errors.ts";
import { filterWhere, searchQuery } from "../filter.ts";
import type { SearchQuery } from "../filter.ts";
import { isEveryone } from "../groups/find.ts";
import { renderGroup } from "../groups/render.ts";
import { newId } from "../ids.ts";
import { lifecycleRoutes } from "../lifecycle.ts";
import { listReply, paged, pageReply } from "../paging.ts";
import { asProfile, changedUserBody, profileOf, userBody, userPatchBody, validateProfile } from "./body.ts";
import type { GivenCredentials } from "./body.ts";
import { credentialRoutes, withCredentials } from "./credentials.ts";
import { findUser, userParams } from "./find.ts";
import type { UserRecord } from "./record.ts";
import { renderUser, renderUserInList } from "./render.ts";
import { findUserType } from "./types.ts";

type UserColumn = "login" | "email" | "firstName" | "lastName" | "status" | "key";

/** The fields that `filter` and `search` can use here. */
const FIELDS = {
  "profile.login": "login",
  "profile.email": "email",
  "profile.firstName": "firstName",
  "profile.lastName": "lastName",
  status: "status",
  id: "key",
} as const;

/**
 * Okta docs, "List all users": `q` is the beginning of a name or of the email address; `filter` and `search` are
 * expressions. Without any of them the deprovisioned are left out.
 */
function usersWhere({ q, filter, search }: SearchQuery): Where<UserColumn> {
  const names = ["firstName", "lastName", "email"] as const;
  const conditions: Where<UserColumn>[] = filterWhere(FIELDS, filter, search);
  if (q !== undefined) conditions.push(or(...names.map((name) => like<UserColumn>(name, `${q}*`))));
  if (conditions.length > 0) return and(...conditions);
  const there = ["STAGED", "PROVISIONED", "ACTIVE"] as const;
  return or(...there.map((status) => eq<UserColumn>("status", status)));
}

function setStatus({ data, now }: OktaContext, user: UserRecord, status: UserRecord["status"]): void {
  const time = now();
  const activated = status === "DEPROVISIONED" ? user.activated : time;
  data.users.put({ ...user, status, activated, statusChanged: time, lastUpdated: time });
}

/** A user with another profile, where one is given, and other credentials, where they are. */
function changed(
  context: OktaContext,
  { origin }: Call,
  id: string,
  profileFor: (user: UserRecord) => Parameters<typeof profileOf>[0] | undefined,
  {
    credentials,
    type,
  }: { readonly credentials: GivenCredentials; readonly type?: { readonly id: string } | undefined },
) {
  const found = findUser(context, id);
  const user = type === undefined ? found : { ...found, typeId: findUserType(context, type.id).id };
  const profile = profileFor(user);
  if (profile !== undefined) validateProfile(context, profile, user.id);
  const replaced =
    profile === undefined ? user : { ...user, profile: profileOf(profile), lastUpdated: context.now() };
  return renderUser(
    origin,
    context.org(),
    context.data.users.put(withCredentials(context, replaced, credentials)),
  );
}

/** Seen in Okta's answers to a read of one user: 64 hexadecimal digits, weak. */
function etagOf(user: UserRecord): string {
  return `W/"${createHash("sha256").update(JSON.stringify(user)).digest("hex")}"`;
}

const one = "/api/v1/users/:userId";
const read = { access: ["okta.users.read"], success: 200 } as const;
const manage = { access: ["okta.users.manage"], success: 200 } as const;

/** Users (Okta docs, "Users API"). Creating one answers 200, not 201. */
export const userRoutes = [
  route({
    ...manage,
    method: "POST",
    path: "/api/v1/users",
    operation: "createUser",
    query: activateQuery,
    body: userBody,
    handler: ({ query, body, call }, context) => {
      validateProfile(context, body.profile);
      const now = context.now();
      const { password, isImported } = body.credentials;
      const hasPassword = password !== undefined || isImported;
      const active = query.activate !== "false";
      const org = context.org();
      const user: UserRecord = {
        id: newId("user"),
        status: active ? (hasPassword ? "ACTIVE" : "PROVISIONED") : "STAGED",
        created: now,
        activated: active ? now : null,
        statusChanged: active || isImported ? now : null,
        lastLogin: null,
        lastUpdated: now,
        passwordChanged: null,
        typeId: body.type === undefined ? org.userTypeId : findUserType(context, body.type.id).id,
        profile: profileOf(body.profile),
      };
      const created = context.data.users.insert(withCredentials(context, user, body.credentials));
      return renderUser(call.origin, org, created);
    },
  }),
  route({
    ...read,
    method: "GET",
    path: "/api/v1/users",
    operation: "listUsers",
    query: z.object({ ...searchQuery, ...paged(200) }),
    handler: ({ query, call }, { data, org }) =>
      pageReply(data.users, usersWhere(query), query, call, (user) =>
        renderUserInList(call.origin, org(), user),
      ),
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getUser",
    params: userParams,
    handler: ({ params, call }, context) => {
      const org = context.org();
      // A client acts for itself, so for it there is no `me`.
      const mine = params.userId === "me" && /^SSWS /i.test(call.headers.authorization ?? "");
      const user = findUser(context, mine ? org.adminUserId : params.userId);
      const shown = renderUser(call.origin, org, user);
      return new Reply(200, shown, { etag: etagOf(user) });
    },
  }),
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "replaceUser",
    params: userParams,
    body: changedUserBody,
    handler: ({ params, body, call }, context) =>
      changed(context, call, params.userId, () => body.profile, body),
  }),
  route({
    ...manage,
    method: "POST",
    path: one,
    operation: "updateUser",
    params: userParams,
    body: userPatchBody,
    handler: ({ params, body, call }, context) =>
      changed(
        context,
        call,
        params.userId,
        ({ profile }) => body.profile && asProfile({ ...profile, ...body.profile }),
        body,
      ),
  }),
  ...credentialRoutes,
  route({
    ...read,
    method: "GET",
    path: `${one}/groups`,
    operation: "listUserGroups",
    params: userParams,
    handler: ({ params, call }, context) => {
      const { data, org } = context;
      const user = findUser(context, params.userId);
      const everyone = data.groups.find(eq("type", "BUILT_IN")).filter(isEveryone);
      const memberships = data.groupMembers.find(eq("userId", user.id));
      const own = memberships.flatMap(({ groupId }) => data.groups.get(groupId) ?? []);
      const groups = [...everyone, ...own].map((group) => renderGroup(call.origin, org(), group));
      return listReply(call, groups, 200, undefined);
    },
  }),
  ...lifecycleRoutes({
    ...manage,
    path: one,
    of: "User",
    params: userParams,
    set: (status, { params }, context) => {
      const user = findUser(context, params.userId);
      if (status === "ACTIVE") {
        if (user.status !== "STAGED" && user.status !== "DEPROVISIONED") throw activationFailed();
        setStatus(context, user, user.passwordChanged === null ? "PROVISIONED" : "ACTIVE");
      } else setStatus(context, user, "DEPROVISIONED");
      return {};
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "deleteUser",
    success: 204,
    params: userParams,
    handler: ({ params }, context) => {
      const { data } = context;
      const user = findUser(context, params.userId);
      // Okta docs: the first DELETE deactivates, the second one removes.
      if (user.status !== "DEPROVISIONED") {
        setStatus(context, user, "DEPROVISIONED");
        return;
      }
      data.groupMembers.deleteWhere(eq("userId", user.id));
      data.userRoles.deleteWhere(eq("userId", user.id));
      data.appUsers.deleteWhere(eq("userId", user.id));
      data.passwords.delete(user.id);
      data.users.delete(user.id);
    },
  }),
];

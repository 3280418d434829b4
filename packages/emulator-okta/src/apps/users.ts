import { z } from "zod";
import { eq, jsonObjectSchema } from "@ai-api-access/emulator-core";
import type { JsonObject } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { notFound } from "../errors.ts";
import { paged, pageReply } from "../paging.ts";
import { findUser } from "../users/find.ts";
import type { UserRecord } from "../users/record.ts";
import { appParams, findApp, findOwnApp } from "./find.ts";
import { appUserKey } from "./record.ts";
import type { AppUserRecord } from "./record.ts";

const assignmentParams = appParams.extend({ userId: z.string() });

function findAppUser({ data }: OktaContext, appId: string, userId: string): AppUserRecord {
  const found = data.appUsers.get(appUserKey({ appId, userId }));
  if (found === undefined) throw notFound(userId, "AppUser");
  return found;
}

const assignmentBody = z.object({
  id: z.string(),
  credentials: z.object({ userName: z.string().nullish() }).nullish(),
  profile: jsonObjectSchema.nullish(),
});

/** Claims that an OpenID Connect application shows of a user, null where nothing is known. */
const CLAIMS = (
  "street_address country website birthdate gender formatted profile locality middle_name picture nickname " +
  "phone_number region postal_code"
).split(" ");

function profileFor({ profile }: UserRecord): JsonObject {
  return {
    ...Object.fromEntries(CLAIMS.map((claim) => [claim, null])),
    zoneinfo: "America/Los_Angeles",
    locale: "en_US",
    given_name: profile.firstName,
    family_name: profile.lastName,
    name: `${profile.firstName} ${profile.lastName}`,
    email: profile.email,
  };
}

function renderAppUser(origin: string, { appId, userId, userName, profile, ...times }: AppUserRecord) {
  return {
    id: userId,
    externalId: null,
    ...times,
    scope: "USER",
    status: "ACTIVE",
    statusChanged: times.created,
    passwordChanged: null,
    syncState: "DISABLED",
    credentials: { userName },
    profile,
    _links: {
      app: { href: `${origin}/api/v1/apps/${appId}` },
      user: { href: `${origin}/api/v1/users/${userId}` },
    },
  };
}

const all = "/api/v1/apps/:appId/users";
const one = `${all}/:userId`;
const read = { access: ["okta.apps.read"], success: 200 } as const;
const manage = { access: ["okta.apps.manage"], success: 200 } as const;

/** The users who may use an application by themselves (Okta docs, "Application users"). */
export const appUserRoutes = [
  route({
    ...manage,
    method: "POST",
    path: all,
    operation: "assignUserToApplication",
    params: appParams,
    body: assignmentBody,
    handler: ({ params, body, call }, context) => {
      const app = findOwnApp(context, params.appId);
      const user = findUser(context, body.id);
      const now = context.now();
      const assignment = context.data.appUsers.put({
        appId: app.id,
        userId: user.id,
        userName: body.credentials?.userName ?? user.profile.login,
        profile: { ...profileFor(user), ...body.profile },
        created: now,
        lastUpdated: now,
      });
      return renderAppUser(call.origin, assignment);
    },
  }),
  route({
    ...read,
    method: "GET",
    path: all,
    operation: "listApplicationUsers",
    params: appParams,
    query: z.object(paged(500, 50)),
    handler: ({ params, query, call }, context) => {
      const own = eq<"appId" | "userId" | "key">("appId", findApp(context, params.appId).id);
      return pageReply(context.data.appUsers, own, query, call, (user) => renderAppUser(call.origin, user));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getApplicationUser",
    params: assignmentParams,
    handler: ({ params, call }, context) => {
      const { id } = findApp(context, params.appId);
      return renderAppUser(call.origin, findAppUser(context, id, params.userId));
    },
  }),
  route({
    ...manage,
    method: "POST",
    path: one,
    operation: "updateApplicationUser",
    params: assignmentParams,
    body: assignmentBody.omit({ id: true }),
    handler: ({ params, body, call }, context) => {
      const { id } = findOwnApp(context, params.appId);
      const found = findAppUser(context, id, params.userId);
      const changed = {
        ...found,
        userName: body.credentials?.userName ?? found.userName,
        profile: { ...found.profile, ...body.profile },
        lastUpdated: context.now(),
      };
      return renderAppUser(call.origin, context.data.appUsers.put(changed));
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "unassignUserFromApplication",
    success: 204,
    params: assignmentParams,
    handler: ({ params }, context) => {
      const { id } = findOwnApp(context, params.appId);
      context.data.appUsers.delete(appUserKey(findAppUser(context, id, params.userId)));
    },
  }),
];

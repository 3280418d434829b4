import { z } from "zod";
import { jsonObjectSchema } from "@ai-api-access/emulator-core/json.ts";
import { and, eq, like } from "@ai-api-access/emulator-core/where.ts";
import type { Where } from "@ai-api-access/emulator-core/where.ts";
import { route } from "../../context.ts";
import type { OktaContext } from "../../context.ts";
import { alreadyExists, notFound, notPermitted, validationFailed } from "../../errors.ts";
import { newId } from "../../ids.ts";
import { filterWhere } from "../../filter.ts";
import { link } from "../../links.ts";
import { paged, pageReply } from "../../paging.ts";
import type { OrgRecord } from "../record.ts";
import type { GroupRecord } from "./record.ts";

const groupBody = z.object({
  profile: jsonObjectSchema.and(
    z.object({
      name: z.string().min(1).max(255),
      description: z
        .string()
        .max(1024)
        .nullish()
        .transform((value) => value ?? null),
    }),
  ),
});

/** The path parameter that names a group. */
export const groupParams = z.object({ groupId: z.string() });

/** A group as Okta answers it. */
export function renderGroup(origin: string, org: OrgRecord, group: GroupRecord) {
  const path = `/api/v1/groups/${group.id}`;
  const logo = (name: string) => ({
    name,
    href: `${origin}/assets/img/logos/groups/odyssey/okta-${name}.png`,
    type: "image/png",
  });
  return {
    id: group.id,
    created: group.created,
    lastUpdated: group.lastUpdated,
    lastMembershipUpdated: group.lastMembershipUpdated,
    objectClass: ["okta:user_group"],
    type: group.type,
    profile: group.profile,
    _links: {
      logo: [logo("medium"), logo("large")],
      ...(org.features.groupOwners ? { owners: link(origin, `${path}/owners`) } : {}),
      users: link(origin, `${path}/users`),
      apps: link(origin, `${path}/apps`),
    },
  };
}

/** The group with this id. Throws 404. */
export function findGroup({ data }: OktaContext, id: string): GroupRecord {
  const found = data.groups.get(id);
  if (found === undefined) throw notFound(id, "UserGroup");
  return found;
}

/** The same for a change: Okta's own groups cannot be changed. */
export function findOwnGroup(context: OktaContext, id: string): GroupRecord {
  const found = findGroup(context, id);
  if (found.type === "BUILT_IN") throw notPermitted("A built-in group cannot be changed.");
  return found;
}

/** Groups have no attributes but these: the profile of groups cannot be extended here. */
const ATTRIBUTES = ["name", "description"];

function requireSound({ data }: OktaContext, { profile }: z.output<typeof groupBody>, id?: string): void {
  const unknown = Object.keys(profile).filter((attribute) => !ATTRIBUTES.includes(attribute));
  if (unknown.length > 0) {
    const causes = unknown.map((attribute) => `Property name '${attribute}' is not defined in profile`);
    throw validationFailed("profile", ...causes);
  }
  const { name } = profile;
  if (data.groups.find(eq("name", name)).some((group) => group.id !== id)) throw alreadyExists("name");
}

/** What `filter` and `search` can look at here. */
const FIELDS = { "profile.name": "name", type: "type", id: "key" } as const;

interface GroupQuery {
  readonly q?: string | undefined;
  readonly filter?: string | undefined;
  readonly search?: string | undefined;
}

/** Okta docs, "List all groups": `q` is the beginning of the name; `filter` and `search` are expressions. */
function groupsWhere({ q, filter, search }: GroupQuery): Where<"name" | "type" | "key"> {
  return and<"name" | "type" | "key">(
    ...(q === undefined ? [] : [like<"name">("name", `${q}*`)]),
    ...[filter, search].flatMap((text) => (text === undefined ? [] : [filterWhere(text, FIELDS)])),
  );
}

const read = { access: ["okta.groups.read"], success: 200 } as const;
const manage = { access: ["okta.groups.manage"], success: 200 } as const;

/** Groups (Okta docs, "Groups API"). Creating one answers 200, not 201. */
export const groupRoutes = [
  route({
    ...manage,
    method: "POST",
    path: "/api/v1/groups",
    operation: "addGroup",
    body: groupBody,
    handler: ({ body, call }, context) => {
      requireSound(context, body);
      const now = context.now();
      const times = { created: now, lastUpdated: now, lastMembershipUpdated: now };
      const group: GroupRecord = { id: newId("group"), ...times, type: "OKTA_GROUP", profile: body.profile };
      return renderGroup(call.origin, context.org(), context.data.groups.insert(group));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: "/api/v1/groups",
    operation: "listGroups",
    query: z.object({
      q: z.string().optional(),
      filter: z.string().optional(),
      search: z.string().optional(),
      ...paged(10_000),
    }),
    handler: ({ query, call }, context) => {
      const org = context.org();
      const render = (group: GroupRecord) => renderGroup(call.origin, org, group);
      // Seen in Okta's answers: what `q` finds comes in the order of names.
      const order = query.q === undefined ? [] : (["name"] as const);
      return pageReply(context.data.groups, groupsWhere(query), query, call, render, order);
    },
  }),
  route({
    ...read,
    method: "GET",
    path: "/api/v1/groups/:groupId",
    operation: "getGroup",
    params: groupParams,
    handler: ({ params, call }, context) =>
      renderGroup(call.origin, context.org(), findGroup(context, params.groupId)),
  }),
  route({
    ...manage,
    method: "PUT",
    path: "/api/v1/groups/:groupId",
    operation: "replaceGroup",
    params: groupParams,
    body: groupBody,
    handler: ({ params, body, call }, context) => {
      const group = findOwnGroup(context, params.groupId);
      requireSound(context, body, group.id);
      const changed = context.data.groups.put({
        ...group,
        profile: body.profile,
        lastUpdated: context.now(),
      });
      return renderGroup(call.origin, context.org(), changed);
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: "/api/v1/groups/:groupId",
    operation: "deleteGroup",
    success: 204,
    params: groupParams,
    handler: ({ params }, context) => {
      const group = findOwnGroup(context, params.groupId);
      context.data.groupAssignments.deleteWhere(eq("groupId", group.id));
      context.data.groupMembers.deleteWhere(eq("groupId", group.id));
      context.data.groups.delete(group.id);
    },
  }),
];

import { z } from "zod";
import { jsonObjectSchema } from "../../kit/json.ts";
import { eq, like } from "../../kit/where.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, notFound, notPermitted } from "../errors.ts";
import { newId } from "../ids.ts";
import { link } from "../links.ts";
import { pageQuery, pageReply } from "../paging.ts";
import type { GroupRecord } from "./record.ts";

const groupBody = z.object({
  profile: jsonObjectSchema.and(
    z.object({
      name: z.string().min(1).max(255),
      description: z
        .string()
        .nullish()
        .transform((value) => value ?? null),
    }),
  ),
});

const groupParams = z.object({ groupId: z.string() });

/** A group as Okta answers it. */
export function renderGroup(origin: string, group: GroupRecord) {
  const path = `/api/v1/groups/${group.id}`;
  const logo = (name: string) => ({
    name,
    href: `${origin}/assets/img/logos/groups/okta-${name}.png`,
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
      users: link(origin, `${path}/users`),
      apps: link(origin, `${path}/apps`),
    },
  };
}

function findGroup({ data }: OktaContext, id: string): GroupRecord {
  const found = data.groups.get(id);
  if (found === undefined) throw notFound(id, "UserGroup");
  return found;
}

function findOwnGroup(context: OktaContext, id: string): GroupRecord {
  const found = findGroup(context, id);
  if (found.type === "BUILT_IN") throw notPermitted("A built-in group cannot be changed.");
  return found;
}

function requireFreeName({ data }: OktaContext, name: string, id?: string): void {
  if (data.groups.find(eq("name", name)).some((group) => group.id !== id)) throw alreadyExists("name");
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
      requireFreeName(context, body.profile.name);
      const now = context.now();
      const times = { created: now, lastUpdated: now, lastMembershipUpdated: now };
      const group: GroupRecord = { id: newId("group"), ...times, type: "OKTA_GROUP", profile: body.profile };
      return renderGroup(call.origin, context.data.groups.insert(group));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: "/api/v1/groups",
    operation: "listGroups",
    query: z.object({ q: z.string().optional(), ...pageQuery }),
    handler: ({ query, call }, { data }) => {
      const where = query.q === undefined ? undefined : like<"name" | "key">("name", `${query.q}*`);
      return pageReply(data.groups, where, query, call, (group) => renderGroup(call.origin, group));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: "/api/v1/groups/:groupId",
    operation: "getGroup",
    params: groupParams,
    handler: ({ params, call }, context) => renderGroup(call.origin, findGroup(context, params.groupId)),
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
      requireFreeName(context, body.profile.name, group.id);
      const changed = context.data.groups.put({
        ...group,
        profile: body.profile,
        lastUpdated: context.now(),
      });
      return renderGroup(call.origin, changed);
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
      context.data.groups.delete(group.id);
    },
  }),
];

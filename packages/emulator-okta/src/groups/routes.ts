import { z } from "zod";
import { and, eq, jsonObjectSchema, like, Reply } from "@ai-api-access/emulator-core";
import type { Where } from "@ai-api-access/emulator-core";
import { orNull } from "../body.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, validationFailed } from "../errors.ts";
import { filterWhere, searchQuery } from "../filter.ts";
import type { SearchQuery } from "../filter.ts";
import { newId } from "../ids.ts";
import { paged, pageReply } from "../paging.ts";
import { findGroup, findOwnGroup, groupParams } from "./find.ts";
import type { GroupRecord } from "./record.ts";
import { renderGroup } from "./render.ts";

const groupBody = z.object({
  profile: jsonObjectSchema.and(
    z.object({ name: z.string().min(1).max(255), description: orNull(z.string().max(1024)) }),
  ),
});

/** Groups have no attributes but these: the profile of groups cannot be extended here. */
const ATTRIBUTES = ["name", "description"];

function validateGroup({ data }: OktaContext, { profile }: z.output<typeof groupBody>, id?: string): void {
  const unknown = Object.keys(profile).filter((attribute) => !ATTRIBUTES.includes(attribute));
  if (unknown.length > 0) {
    const causes = unknown.map((attribute) => `Property name '${attribute}' is not defined in profile`);
    throw validationFailed("profile", ...causes);
  }
  const { name } = profile;
  if (data.groups.find(eq("name", name)).some((group) => group.id !== id)) throw alreadyExists("name");
}

/** The fields that `filter` and `search` can use here. */
const FIELDS = { "profile.name": "name", type: "type", id: "key" } as const;

/** Okta docs, "List all groups": `q` is the beginning of the name; `filter` and `search` are expressions. */
function groupsWhere({ q, filter, search }: SearchQuery): Where<"name" | "type" | "key"> {
  return and<"name" | "type" | "key">(
    ...(q === undefined ? [] : [like<"name">("name", `${q}*`)]),
    ...filterWhere(FIELDS, filter, search),
  );
}

const one = "/api/v1/groups/:groupId";
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
      validateGroup(context, body);
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
    query: z.object({ ...searchQuery, ...paged(10_000) }),
    handler: ({ query, call }, { data, org }) => {
      const own = org();
      // Seen in Okta's answers: what `q` finds is ordered by name.
      const order = query.q === undefined ? [] : (["name"] as const);
      const render = (group: GroupRecord) => renderGroup(call.origin, own, group);
      const page = pageReply(data.groups, groupsWhere(query), query, call, render, order);
      // Seen in Okta's answers: what `q` finds comes without links; Okta's documentation says that it has no pages.
      return query.q === undefined ? page : new Reply(200, page.body);
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getGroup",
    params: groupParams,
    handler: ({ params, call }, context) =>
      renderGroup(call.origin, context.org(), findGroup(context, params.groupId)),
  }),
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "replaceGroup",
    params: groupParams,
    body: groupBody,
    handler: ({ params, body, call }, context) => {
      const group = findOwnGroup(context, params.groupId);
      validateGroup(context, body, group.id);
      const changed = { ...group, profile: body.profile, lastUpdated: context.now() };
      return renderGroup(call.origin, context.org(), context.data.groups.put(changed));
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: one,
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

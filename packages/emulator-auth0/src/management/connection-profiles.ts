import { z } from "zod";
import { alphanumeric, jsonObjectSchema } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { Auth0Context } from "../context.ts";
import { notFound } from "../errors.ts";
import { compact } from "../objects.ts";
import { endpoints } from "./access.ts";
import { idParams } from "./formats.ts";
import { checkpointReply, pagedByCheckpoint } from "./paging.ts";
import type { ConnectionProfileRecord } from "./record.ts";

const presence = z.enum(["none", "optional", "required"]).optional();

const settings = {
  organization: z.strictObject({ show_as_button: presence, assign_membership_on_login: presence }).optional(),
  connection_name_prefix_template: z.string().optional(),
  enabled_features: z.array(z.enum(["scim", "universal_logout"])).optional(),
  connection_config: jsonObjectSchema.nullish(),
  strategy_overrides: jsonObjectSchema.nullish(),
  provisioning: jsonObjectSchema.optional(),
  cross_app_access_resource_app: jsonObjectSchema.optional(),
};

function findConnectionProfile({ data }: Auth0Context, id: string): ConnectionProfileRecord {
  const found = data.connectionProfiles.get(id);
  if (found === undefined) throw notFound("The connection profile does not exist");
  return found;
}

const all = { path: "/api/v2/connection-profiles" };
const one = { path: `${all.path}/:id`, params: idParams };
const { create, list, get, update, remove } = endpoints("connection_profiles", all, one);

/** What organizations may set up connections by. They are kept and shown. */
export const connectionProfileRoutes = [
  route({
    ...create,
    operation: "post_connection-profiles",
    body: z.strictObject({ name: z.string(), ...settings }),
    handler: ({ body }, { data }) =>
      data.connectionProfiles.insert({
        id: `cop_${alphanumeric(22)}`,
        connection_config: null,
        strategy_overrides: null,
        ...compact(body),
      }),
  }),
  route({
    ...list,
    operation: "get_connection-profiles",
    query: z.looseObject(pagedByCheckpoint()),
    handler: ({ query }, { data }) =>
      checkpointReply(query, {
        name: "connection_profiles",
        rows: data.connectionProfiles,
        render: (profile) => profile,
      }),
  }),
  route({
    ...get,
    operation: "get_connection-profiles_by_id",
    handler: ({ params }, context) => findConnectionProfile(context, params.id),
  }),
  route({
    ...update,
    operation: "patch_connection-profiles_by_id",
    body: z.strictObject({ name: z.string().optional(), ...settings }),
    handler: ({ params, body }, context) =>
      context.data.connectionProfiles.put({ ...findConnectionProfile(context, params.id), ...compact(body) }),
  }),
  route({
    ...remove,
    operation: "delete_connection-profiles_by_id",
    handler: ({ params }, { data }) => {
      data.connectionProfiles.delete(params.id);
    },
  }),
];

import { z } from "zod";
import { alphanumeric } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { Auth0Context } from "../context.ts";
import { notFound } from "../errors.ts";
import { compact } from "../objects.ts";
import { endpoints } from "./access.ts";
import { idParams } from "./formats.ts";
import { checkpointReply, pagedByCheckpoint } from "./paging.ts";
import type { UserAttributeProfileRecord } from "./record.ts";

const CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";

/** By which attributes users are told apart where nothing is said of it. */
const USER_ID = {
  oidc_mapping: "sub",
  saml_mapping: [`${CLAIMS}/nameidentifier`, `${CLAIMS}/upn`, `${CLAIMS}/name`],
  scim_mapping: "externalId",
};

const userId = z.looseObject({}).nullish();
const userAttributes = z.record(z.string(), z.looseObject({ description: z.string(), label: z.string() }));

function findUserAttributeProfile({ data }: Auth0Context, id: string): UserAttributeProfileRecord {
  const found = data.userAttributeProfiles.get(id);
  if (found === undefined) throw notFound("The user attribute profile does not exist");
  return found;
}

const all = { path: "/api/v2/user-attribute-profiles" };
const one = { path: `${all.path}/:id`, params: idParams };
const { create, list, get, update, remove } = endpoints("user_attribute_profiles", all, one);

/** Which attributes organizations may map from their identity providers. They are kept and shown. */
export const userAttributeProfileRoutes = [
  route({
    ...create,
    operation: "post_user-attribute-profiles",
    body: z.strictObject({ name: z.string(), user_id: userId, user_attributes: userAttributes }),
    handler: ({ body }, { data }) =>
      data.userAttributeProfiles.insert({
        ...body,
        id: `uap_${alphanumeric(22)}`,
        user_id: { ...USER_ID, ...body.user_id },
      }),
  }),
  route({
    ...list,
    operation: "get_user-attribute-profiles",
    query: z.looseObject(pagedByCheckpoint()),
    handler: ({ query }, { data }) =>
      checkpointReply(query, {
        name: "user_attribute_profiles",
        rows: data.userAttributeProfiles,
        render: (profile) => profile,
      }),
  }),
  route({
    ...get,
    operation: "get_user-attribute-profiles_by_id",
    handler: ({ params }, context) => findUserAttributeProfile(context, params.id),
  }),
  route({
    ...update,
    operation: "patch_user-attribute-profiles_by_id",
    body: z.strictObject({
      name: z.string().optional(),
      user_id: userId,
      user_attributes: userAttributes.optional(),
    }),
    handler: ({ params, body }, context) => {
      const profile = findUserAttributeProfile(context, params.id);
      const changed = { ...profile, ...compact(body) };
      // Mappings that a change of the user id leaves out are the vendor's again.
      const userId = body.user_id ? { ...USER_ID, ...body.user_id } : profile.user_id;
      return context.data.userAttributeProfiles.put({ ...changed, user_id: userId });
    },
  }),
  route({
    ...remove,
    operation: "delete_user-attribute-profiles_by_id",
    handler: ({ params }, { data }) => {
      data.userAttributeProfiles.delete(params.id);
    },
  }),
];

import { z } from "zod";
import { without } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { compact } from "../../objects.ts";
import { endpoints } from "../access.ts";
import { choice, idParams } from "../formats.ts";
import { findConnection } from "./find.ts";
import type { DirectoryProvisioningRecord } from "./record.ts";

/** What the vendor maps unless told otherwise: the same name on both sides, or Google's and Auth0's. */
const DEFAULT_MAPPING = `
  id=app_metadata.external_id primaryEmail=email primaryEmail name.fullName=name name.givenName=given_name
  name.familyName=family_name isAdmin isAdmin=is_admin isDelegatedAdmin agreedToTerms agreedToTerms=tou_accepted
  suspended suspended=is_suspended suspended=blocked suspensionReason archived ipWhitelisted
  ipWhitelisted=is_ipWhitelisted kind etag customerId orgUnitPath emails phones externalIds aliases addresses
  organizations nonEditableAliases relations languages posixAccounts notes websites locations keywords gender ims
  creationTime lastLoginTime changePasswordAtNextLogin isMailboxSetup includeInGlobalAddressList thumbnailPhotoUrl
  thumbnailPhotoEtag isEnrolledIn2Sv isEnforcedIn2Sv recoveryEmail recoveryPhone sshPublicKeys customSchemas`
  .trim()
  .split(/\s+/)
  .map((entry) => {
    const [idp = "", auth0 = idp] = entry.split("=");
    return { idp, auth0 };
  });

const settingsBody = z.strictObject({
  mapping: z.array(z.strictObject({ idp: z.string(), auth0: z.string() })).optional(),
  synchronize_automatically: z.boolean().nullish(),
  synchronize_groups: choice(["all", "off", "selected"], "Group synchronization configuration"),
});

const groupsBody = z.strictObject({ groups: z.array(z.strictObject({ id: z.string() })) });

/** How the connection with this id fetches users. Throws 404. */
function findDirectory(context: Auth0Context, id: string): DirectoryProvisioningRecord {
  findConnection(context, id);
  const found = context.data.directoryProvisionings.get(id);
  if (found === undefined) throw notFound("Not Found");
  return found;
}

function renderDirectory(context: Auth0Context, record: DirectoryProvisioningRecord) {
  const { name, strategy } = findConnection(context, record.connection_id);
  return { ...without(record, "groups"), connection_name: name, strategy };
}

const one = { path: "/api/v2/connections/:id/directory-provisioning", params: idParams };
const groups = { path: `${one.path}/synchronized-groups`, params: idParams };
const { create, get, update, remove } = endpoints("directory_provisionings", one, one);

/** How connections fetch users from a company's directory at Google. Nothing is fetched here. */
export const directoryRoutes = [
  route({
    ...create,
    operation: "post_directory-provisioning",
    body: settingsBody.optional(),
    handler: ({ params, body }, context) => {
      findConnection(context, params.id);
      const directory = context.data.directoryProvisionings.insert({
        connection_id: params.id,
        mapping: DEFAULT_MAPPING,
        synchronize_automatically: false,
        synchronize_groups: "off",
        ...compact(body ?? {}),
        groups: [],
        created_at: context.now(),
        updated_at: context.now(),
      });
      return renderDirectory(context, directory);
    },
  }),
  route({
    ...get,
    operation: "get_directory-provisioning",
    handler: ({ params }, context) => renderDirectory(context, findDirectory(context, params.id)),
  }),
  route({
    ...update,
    operation: "patch_directory-provisioning",
    body: settingsBody,
    handler: ({ params, body }, context) => {
      const directory = findDirectory(context, params.id);
      const changed = { ...directory, ...compact(body), updated_at: context.now() };
      return renderDirectory(context, context.data.directoryProvisionings.put(changed));
    },
  }),
  route({
    ...remove,
    operation: "delete_directory-provisioning",
    handler: ({ params }, context) => {
      findDirectory(context, params.id);
      context.data.directoryProvisionings.delete(params.id);
    },
  }),
  route({
    ...get,
    path: `${one.path}/default-mapping`,
    operation: "get_directory-provisioning_default-mapping",
    handler: ({ params }, context) => {
      findConnection(context, params.id);
      return { mapping: DEFAULT_MAPPING };
    },
  }),
  route({
    ...get,
    ...groups,
    operation: "get_synchronized-groups",
    handler: ({ params }, context) => ({
      groups: findDirectory(context, params.id).groups.map((id) => ({ id })),
    }),
  }),
  route({
    ...update,
    ...groups,
    method: "PUT",
    operation: "put_synchronized-groups",
    success: 204,
    body: groupsBody,
    handler: ({ params, body }, context) => {
      const directory = findDirectory(context, params.id);
      context.data.directoryProvisionings.put({ ...directory, groups: body.groups.map(({ id }) => id) });
    },
  }),
];

import { z } from "zod";
import { compositeKey } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { ManagementError } from "../../errors.ts";
import { findResourceServer } from "./find.ts";
import { renderIdentifier, storedIdentifier } from "./identifier.ts";
import type { Permission } from "./record.ts";

/** A list of permissions, as roles and users are given them. */
export const permissionsBody = z.strictObject({
  permissions: z
    .array(
      z.strictObject({
        resource_server_identifier: z
          .string()
          .min(1)
          .describe("Resource server (API) identifier that this permission is for."),
        permission_name: z.string().min(1).describe("Name of this permission."),
      }),
    )
    .min(1)
    .describe("array of resource_server_identifier, permission_name pairs."),
});

type PermissionsBody = z.output<typeof permissionsBody>;

/** A request's permissions as stored. Throws 400 for one that is no scope of the API that it names. */
export function permissionsIn(context: Auth0Context, origin: string, body: PermissionsBody): Permission[] {
  return body.permissions.map(({ resource_server_identifier: reference, permission_name: name }) => {
    const server = findResourceServer(context, origin, reference);
    if (server.scopes?.some((scope) => scope.value === name) !== true) {
      const text = `The permission ${name} does not exist on the resource server ${reference}`;
      throw new ManagementError(400, text);
    }
    return { resource_server_identifier: server.identifier, permission_name: name };
  });
}

/** The keys under which a request's permissions are stored for a role or a user, whether they exist or not. */
export function permissionKeys(origin: string, owner: string, { permissions }: PermissionsBody): string[] {
  return permissions.map(({ resource_server_identifier: reference, permission_name: name }) =>
    compositeKey(owner, storedIdentifier(origin, reference), name),
  );
}

/** A permission as lists show it. */
export function renderPermission(context: Auth0Context, origin: string, given: Permission) {
  const server = findResourceServer(context, origin, given.resource_server_identifier);
  const scope = server.scopes?.find(({ value }) => value === given.permission_name);
  return {
    permission_name: given.permission_name,
    description: scope?.description ?? "",
    resource_server_name: server.name ?? "",
    resource_server_identifier: renderIdentifier(origin, server.identifier),
  };
}

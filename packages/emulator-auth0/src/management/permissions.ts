import { z } from "zod";
import { shownIdentifier } from "../audience.ts";
import type { Collections } from "../collections.ts";
import { ManagementError } from "../errors.ts";
import { resourceServerOf } from "../lookups.ts";

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

/** A permission as stored beside a role or a user. */
export interface Permission {
  readonly resource_server_identifier: string;
  readonly permission_name: string;
}

/** A request's permissions as stored; each must be a scope of an API that exists. */
export function checkedPermissions(
  db: Collections,
  origin: string,
  body: z.output<typeof permissionsBody>,
): readonly { resource_server_identifier: string; permission_name: string }[] {
  return body.permissions.map(({ resource_server_identifier: reference, permission_name: name }) => {
    const server = resourceServerOf(db, origin, reference);
    if (server.scopes?.some((scope) => scope.value === name) !== true) {
      throw new ManagementError(
        400,
        `The permission ${name} does not exist on the resource server ${reference}`,
      );
    }
    return { resource_server_identifier: server.identifier, permission_name: name };
  });
}

/** A permission as lists show it. */
export function showPermission(db: Collections, origin: string, given: Permission) {
  const server = resourceServerOf(db, origin, given.resource_server_identifier);
  const scope = server.scopes?.find(({ value }) => value === given.permission_name);
  return {
    permission_name: given.permission_name,
    description: scope?.description ?? "",
    resource_server_name: server.name ?? "",
    resource_server_identifier: shownIdentifier(origin, server.identifier),
  };
}

import { z } from "zod";
import { compositeKey } from "@ai-api-access/emulator-core";
import { collection, columns } from "../../collections.ts";
import { permission } from "../resource-servers/record.ts";

const roleRecord = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  /** An organization's role belongs to that organization alone; any other to the tenant. */
  owner_id: z.string().optional(),
});

/** A role. */
export type RoleRecord = z.output<typeof roleRecord>;

/** All roles. */
export const roles = collection({
  name: "roles",
  schema: roleRecord,
  key: ({ id }) => id,
  columns: columns("name", "owner_id"),
});

/** The permissions of all roles. */
export const rolePermissions = collection({
  name: "role_permissions",
  schema: z.object({ role_id: z.string(), ...permission }),
  key: (given) => compositeKey(given.role_id, given.resource_server_identifier, given.permission_name),
  columns: columns("role_id", "resource_server_identifier", "permission_name"),
  indexes: [["role_id", "permission_name"]],
});

import type { FunctionType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { getClient } from "./get-client.ts";
import { getConnection } from "./get-connection.ts";
import { getOrganization } from "./get-organization.ts";
import { getResourceServer } from "./get-resource-server.ts";
import { getRole } from "./get-role.ts";
import { getTenant } from "./get-tenant.ts";
import { getUser } from "./get-user.ts";

export const functions: readonly FunctionType<Auth0Api>[] = [
  getTenant,
  getConnection,
  getRole,
  getUser,
  getClient,
  getOrganization,
  getResourceServer,
];

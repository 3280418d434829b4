import { z } from "zod";
import { api } from "./api.ts";
import { clients } from "./clients.ts";
import { baseStack } from "./base-stack.ts";
import { connectionSecrets } from "./connection-secrets.ts";
import { customDomain } from "./custom-domain.ts";
import { joined } from "../components/checks/field.ts";
import { loginApp, offlineFirst } from "./login-app.ts";
import { oktaHttpProxy } from "./okta-http-proxy.ts";
import { organization } from "./organization.ts";
import { organizationsFolder } from "./organizations-folder.ts";
import { declaredPermissions, roles } from "../components/checks/roles.ts";
import {
  invitationsLead,
  ofTheBase,
  oneOrMany,
  organizationForClients,
  permissionsOfClients,
  permissionsOfMachines,
  secretsOfConnections,
} from "./rules.ts";
import { serviceApp } from "./service-app.ts";

/** Every key of the program. Fields have their defaults here: the engine does not merge those of objects. */
export const configSchema = joined(
  z.strictObject({
    organization: organization.optional(),
    organizationsFolder: organizationsFolder.optional(),
    connectionSecrets: connectionSecrets.default({}),
    loginApp: loginApp.optional(),
    api: api.optional(),
    roles: roles.default([]),
    clients: clients.default([]),
    serviceApp: serviceApp.optional(),
    baseStack: baseStack.optional(),
    customDomain: customDomain.optional(),
    oktaHttpProxy: oktaHttpProxy.optional(),
  }),
  oneOrMany,
  ofTheBase,
  secretsOfConnections,
  declaredPermissions,
  permissionsOfMachines,
  permissionsOfClients,
  organizationForClients,
  offlineFirst,
  invitationsLead,
);

import { z } from "zod";
import { api } from "./api.ts";
import { connection } from "./connection.ts";
import { customDomain } from "./custom-domain.ts";
import { joined } from "./field.ts";
import { loginApp, offlineFirst } from "./login-app.ts";
import { members } from "./members.ts";
import { fewInConfig, membersFile, onePlace, roster } from "./members-file.ts";
import { oktaHttpProxy } from "./okta-http-proxy.ts";
import { organization } from "./organization.ts";
import { declaredPermissions, roles } from "./roles.ts";
import { serviceApp } from "./service-app.ts";

/** Every key of the program. Fields have their defaults here: the engine does not merge those of objects. */
export const configSchema = joined(
  z.strictObject({
    organization,
    connection,
    loginApp: loginApp.optional(),
    api,
    roles: roles.default([]),
    members: members.default([]),
    membersFile: membersFile.optional(),
    roster: roster.optional(),
    serviceApp,
    customDomain: customDomain.optional(),
    oktaHttpProxy: oktaHttpProxy.optional(),
  }),
  declaredPermissions,
  offlineFirst,
  onePlace,
  fewInConfig,
);

import { z } from "zod";
import {
  apiSchema,
  connectionSchema,
  customDomainSchema,
  loginAppSchema,
  membersFileSchema,
  membersSchema,
  organizationSchema,
  rolesSchema,
  rosterSchema,
} from "./auth0.ts";
import { serviceAppSchema } from "./okta.ts";

/** The namespace of the program's own keys. */
export const NAMESPACE = "ai-api-access";

/** Every key of the namespace. Fields have their defaults here: the engine does not merge those of objects. */
export const configSchema = z.strictObject({
  organization: organizationSchema,
  connection: connectionSchema,
  loginApp: loginAppSchema.optional(),
  api: apiSchema,
  roles: rolesSchema.default([]),
  members: membersSchema.default([]),
  membersFile: membersFileSchema.optional(),
  roster: rosterSchema.optional(),
  serviceApp: serviceAppSchema,
  customDomain: customDomainSchema.optional(),
});

/** A configuration of the right shape. The rules that join two fields are in `../checks`. */
export type ParsedConfig = z.output<typeof configSchema>;

export { knownKeysAt, ruleAt } from "./field.ts";

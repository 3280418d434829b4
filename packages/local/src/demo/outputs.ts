import { z } from "zod";
import { THEIR_DATABASE } from "./expected.ts";

const ids = z.record(z.string(), z.string());

/** The organization to sign in to: the only one, or the first of many by name. */
const auth0Schema = z
  .looseObject({
    issuer: z.url(),
    audience: z.string(),
    organizationId: z.string().optional(),
    organizationName: z.string().optional(),
    organizations: ids.optional(),
    /** Absent without a login application. */
    clientId: z.string().optional(),
  })
  .transform(({ organizationId = "", organizationName = "", organizations, ...rest }) => {
    const all = organizations ?? { [organizationName]: organizationId };
    const [first = ["", ""]] = Object.entries(all).toSorted(([a], [b]) => a.localeCompare(b, "en"));
    return { ...rest, organizationName: first[0], organizationId: first[1], organizations: all };
  });

/** What signing in by hand needs of the stack's outputs; the API reads `appConfig` itself, with a schema of its own. */
export const signInOutputsSchema = z.object({ appConfig: z.looseObject({ auth0: auth0Schema }) });

/** What the table of the demo needs of them as well. */
export const demoOutputsSchema = z
  .object({
    appConfig: signInOutputsSchema.shape.appConfig.extend({
      /** Absent without a service app. */
      okta: z
        .looseObject({
          issuer: z.url(),
          clientId: z.string(),
          clientSecret: z.string(),
        })
        .optional(),
    }),
    roleIds: ids,
    connectionIds: ids.optional(),
    organizations: z.record(z.string(), z.object({ connectionIds: ids })).optional(),
  })
  .transform(({ appConfig, roleIds, connectionIds, organizations = {} }) => {
    const own = connectionIds ?? organizations[appConfig.auth0.organizationName]?.connectionIds ?? {};
    const [first = ""] = Object.values(own);
    // Of the connection that the people of the local tenant are in, where the organization has it.
    return { appConfig, roleIds, connectionId: own[THEIR_DATABASE] ?? first };
  });

export type SignInOutputs = z.infer<typeof signInOutputsSchema>;
export type DemoOutputs = z.infer<typeof demoOutputsSchema>;

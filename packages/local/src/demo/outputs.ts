import { z } from "zod";

/** What signing in by hand needs of the stack's outputs; the API reads `appConfig` itself, with a schema of its own. */
export const signInOutputsSchema = z.object({
  appConfig: z.looseObject({
    auth0: z.looseObject({
      issuer: z.url(),
      audience: z.string(),
      organizationId: z.string(),
      organizationName: z.string(),
      /** Absent without a login application. */
      clientId: z.string().optional(),
    }),
  }),
});

/** What the table of the demo needs of them as well. */
export const demoOutputsSchema = z.object({
  appConfig: signInOutputsSchema.shape.appConfig.extend({
    okta: z.looseObject({
      issuer: z.url(),
      clientId: z.string(),
      clientSecret: z.string(),
    }),
  }),
  roleIds: z.record(z.string(), z.string()),
  connectionId: z.string(),
});

export type SignInOutputs = z.infer<typeof signInOutputsSchema>;
export type DemoOutputs = z.infer<typeof demoOutputsSchema>;

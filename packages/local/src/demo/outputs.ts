import { z } from "zod";

/** What the demo needs of the stack's outputs; the API reads `appConfig` itself, with a schema of its own. */
export const demoOutputsSchema = z.object({
  appConfig: z.looseObject({
    auth0: z.looseObject({
      issuer: z.url(),
      audience: z.string(),
      organizationId: z.string(),
      organizationName: z.string(),
      clientId: z.string(),
    }),
    okta: z.looseObject({
      issuer: z.url(),
      clientId: z.string(),
      clientSecret: z.string(),
    }),
  }),
  roleIds: z.record(z.string(), z.string()),
  connectionId: z.string(),
});

export type DemoOutputs = z.infer<typeof demoOutputsSchema>;
export type DemoAppConfig = DemoOutputs["appConfig"];

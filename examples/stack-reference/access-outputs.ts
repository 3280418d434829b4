import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

const text = z.string();
const texts = z.array(z.string());

/**
 * The outputs of an ai-api-access stack, each with its type. One by one, not as `appConfig`: of that the engine makes a
 * secret as a whole, because the client secret is in it.
 *
 * @param stack `acme/ai-api-access/dev`
 */
export function accessOutputs(stack: string) {
  const reference = new pulumi.StackReference(stack);
  const output = <T>(name: string, schema: z.ZodType<T>): pulumi.Output<T> =>
    reference.requireOutput(name).apply((value: unknown) => schema.parse(value));
  return {
    organizationDomain: output("organizationDomain", text),
    organizationId: output("organizationId", text),
    organizationName: output("organizationName", text),
    auth0Issuer: output("auth0Issuer", text),
    auth0Audience: output("auth0Audience", text),
    clientId: output("clientId", text),
    /** A secret; the stack has none with private_key_jwt, and this fails then. */
    get clientSecret() {
      return output("clientSecret", text);
    },
    oktaIssuer: output("oktaIssuer", text),
    oktaTokenEndpoint: output("oktaTokenEndpoint", text),
    oktaAudience: output("oktaAudience", text),
    oktaScopes: output("oktaScopes", texts),
  };
}

import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Problem } from "./lookups/question.ts";

const outputsSchema = z.object({
  auth0Audience: z.string(),
  auth0ClientId: z.string().optional(),
  roleIds: z.record(z.string(), z.string()),
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  oktaIssuer: z.string().optional(),
  oktaTokenEndpoint: z.string().optional(),
  oktaAudience: z.string().optional(),
  oktaScopes: z.array(z.string()).default([]),
});

/** What a stack on top of another one uses of it, read from its outputs. */
export interface BaseStack {
  readonly audience: string;
  /** Client id of the login application, if the base declares one. */
  readonly loginClientId: string | undefined;
  /** Ids of roles by name. */
  readonly roleIds: Readonly<Record<string, string>>;
  readonly serviceApp: ServiceAppOutputs | undefined;
}

/** What a service app gives to whoever uses it. */
export interface ServiceAppOutputs {
  readonly clientId: pulumi.Input<string>;
  /** Secret; undefined with private_key_jwt. */
  readonly clientSecret: pulumi.Output<string> | undefined;
  readonly issuer: pulumi.Input<string>;
  readonly tokenEndpoint: pulumi.Input<string>;
  readonly audience: pulumi.Input<string>;
  readonly scopes: readonly string[];
}

/** A RunError, so that Pulumi prints it without a stack trace. */
class NoBaseStack extends pulumi.RunError {
  override readonly name = "NoBaseStack";
  readonly problems: readonly Problem[];

  constructor(stack: string, missing: readonly string[], isThere: boolean) {
    const lacks = `no output ${missing.join(", ")}${isThere ? " that can be read here" : ""}`;
    const next = isThere
      ? "give this run the passphrase or the key with which that stack's secrets are encrypted, too"
      : `pulumi up --stack ${stack} (with this version of the program), or correct baseStack`;
    super(`The stack ${stack}, which baseStack names, has ${lacks}. Nothing was changed.\nnext: ${next}`);
    this.problems = [{ what: `stack ${stack} (baseStack)`, found: `It has ${lacks}.`, next }];
  }
}

/**
 * Reads the outputs of the base stack.
 * @throws NoBaseStack when they are not those of this program
 */
export async function readBaseStack(name: string | undefined): Promise<BaseStack | undefined> {
  if (name === undefined) return undefined;
  const reference = new pulumi.StackReference("base", { name });
  const entries = await Promise.all(
    Object.keys(outputsSchema.shape).map(async (output) => {
      const details: { value?: unknown; secretValue?: unknown } = await reference.getOutputDetails(output);
      return [output, details.value ?? details.secretValue] as const;
    }),
  );
  const given = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  const { data, error } = outputsSchema.safeParse(given);
  if (data === undefined) {
    const missing = error.issues.map(({ path }) => path.join("."));
    // The engine has `{}` in place of a secret that it cannot decrypt.
    const isThere = missing.every((output) => output in given);
    throw new NoBaseStack(name, missing, isThere);
  }
  const { clientId, clientSecret, oktaIssuer, oktaTokenEndpoint, oktaAudience, oktaScopes } = data;
  const isWhole =
    clientId !== undefined &&
    oktaIssuer !== undefined &&
    oktaTokenEndpoint !== undefined &&
    oktaAudience !== undefined;
  return {
    audience: data.auth0Audience,
    loginClientId: data.auth0ClientId,
    roleIds: data.roleIds,
    serviceApp: isWhole
      ? {
          clientId,
          clientSecret: clientSecret === undefined ? undefined : pulumi.secret(clientSecret),
          issuer: oktaIssuer,
          tokenEndpoint: oktaTokenEndpoint,
          audience: oktaAudience,
          scopes: oktaScopes,
        }
      : undefined,
  };
}

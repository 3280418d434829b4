/** Access tokens of the Okta service app, by client credentials. */
import * as client from "openid-client";
import type { DemoOutputs } from "./outputs.ts";

/** Okta gave no token; the message is the error of its answer (RFC 6749, 5.2). */
export class NoToken extends Error {}

/** Gives a token with these scopes. @throws NoToken */
export type ServiceApp = (...scopes: string[]) => Promise<string>;

export async function serviceApp(okta: NonNullable<DemoOutputs["appConfig"]["okta"]>): Promise<ServiceApp> {
  const application = await client.discovery(
    new URL(okta.issuer),
    okta.clientId,
    undefined,
    client.ClientSecretPost(okta.clientSecret),
    // The local Okta org is on loopback, over plain HTTP: what the library marks as for that alone.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    { execute: [client.allowInsecureRequests] },
  );
  return async (...scopes) => {
    try {
      return (await client.clientCredentialsGrant(application, { scope: scopes.join(" ") })).access_token;
    } catch (error) {
      if (!(error instanceof client.ResponseBodyError)) throw error;
      throw new NoToken(error.error, { cause: error });
    }
  };
}

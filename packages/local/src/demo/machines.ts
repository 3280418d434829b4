/** Access tokens of the Okta service app, by client credentials. */
import * as client from "openid-client";
import type { DemoAppConfig } from "./outputs.ts";

/** Gives a token with these scopes. */
export type ServiceApp = (...scopes: string[]) => Promise<string>;

export async function serviceApp({ okta }: DemoAppConfig): Promise<ServiceApp> {
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
    const { access_token: token } = await client.clientCredentialsGrant(application, {
      scope: scopes.join(" "),
    });
    return token;
  };
}

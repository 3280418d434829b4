/** Okta's own SDK against a local org, with nothing but the address and a token or a key. */
import okta from "@okta/okta-sdk-nodejs";
import type { TestOrg } from "./okta-tenant.ts";
import type { Client as OAuthClient, Signer } from "./okta-oauth.ts";

/** The SDK's client. */
export type OktaSdk = InstanceType<typeof okta.Client>;

/** A client with the org's API token. */
export function sdkWithToken({ tenant }: TestOrg): OktaSdk {
  return new okta.Client({ orgUrl: tenant.origin, token: tenant.apiToken });
}

/** A client that signs for an access token with these scopes. */
export function sdkWithKey(
  { tenant }: TestOrg,
  client: OAuthClient,
  signer: Signer,
  scopes: readonly string[],
): OktaSdk {
  return new okta.Client({
    orgUrl: tenant.origin,
    authorizationMode: "PrivateKey",
    clientId: client.id,
    scopes: [...scopes],
    privateKey: JSON.stringify({ ...signer.key.export({ format: "jwk" }), kid: signer.jwk.kid }),
  });
}

/** Everything in a collection of the SDK, page by page to the end. */
export async function everything<T>(collection: {
  each(look: (item: T) => void): Promise<unknown>;
}): Promise<T[]> {
  const items: T[] = [];
  await collection.each((item) => {
    items.push(item);
  });
  return items;
}

/**
 * The Management API's identifier holds the tenant's domain, and the local tenant's domain holds its port,
 * which may be another one after the next start. So this identifier alone is stored under a name that does
 * not change, and shown as `https://localhost:PORT/api/v2/`.
 */
export const MANAGEMENT_API = "local:management-api";

/** The identifiers of the Management API: the tenant is known as `localhost` and as `127.0.0.1`. */
export function managementAudiences(origin: string): string[] {
  return [origin, origin.replace("//localhost", "//127.0.0.1")].map((name) => `${name}/api/v2/`);
}

/** An API's identifier as it is shown. */
export function renderIdentifier(origin: string, stored: string): string {
  if (stored === MY_ACCOUNT_API) return `${origin}/me/`;
  return stored === MANAGEMENT_API ? `${origin}/api/v2/` : stored;
}

/** An API's identifier as it is stored. */
export function storedIdentifier(origin: string, shown: string): string {
  if (shown === `${origin}/me/`) return MY_ACCOUNT_API;
  return managementAudiences(origin).includes(shown) ? MANAGEMENT_API : shown;
}

/** The API by which people manage their own accounts; somebody switches it on by declaring it. Stored like the above. */
export const MY_ACCOUNT_API = "local:my-account-api";

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
  return stored === MANAGEMENT_API ? `${origin}/api/v2/` : stored;
}

/** An API's identifier as it is stored. */
export function storedIdentifier(origin: string, shown: string): string {
  return managementAudiences(origin).includes(shown) ? MANAGEMENT_API : shown;
}

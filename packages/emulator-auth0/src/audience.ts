/**
 * The Management API's identifier holds the tenant's domain, and the local tenant's domain holds its port,
 * which may be another one after the next start. So this identifier alone is stored under a name that does
 * not change, and shown as `https://localhost:PORT/api/v2/`.
 */
export const MANAGEMENT_API = "local:management-api";

/** An API's identifier as it is shown. */
export function shownIdentifier(origin: string, stored: string): string {
  return stored === MANAGEMENT_API ? `${origin}/api/v2/` : stored;
}

/** An API's identifier as it is stored. The tenant is known as `localhost` and as `127.0.0.1`. */
export function storedIdentifier(origin: string, shown: string): string {
  const names = [origin, origin.replace("//localhost", "//127.0.0.1")];
  return names.some((name) => shown === `${name}/api/v2/`) ? MANAGEMENT_API : shown;
}

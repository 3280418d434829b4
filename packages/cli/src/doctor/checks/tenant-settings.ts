/** What checks of the tenant's own settings say alike. */

export const UNREADABLE = "settings of the tenant: read:tenant_settings is missing";

/** Where to switch a setting of the tenant, in the dashboard and with the Management API. */
export function atSettings(label: string, body: object): string {
  return (
    `in Auth0: Settings > Advanced > Settings > ${label}; or auth0 api patch tenants/settings --data ` +
    `'${JSON.stringify(body)}'`
  );
}

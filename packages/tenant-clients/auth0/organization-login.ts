/** How an Auth0 application logs people in to organizations. */
import type { TenantClient } from "../client.ts";
import { textAt } from "../json.ts";

/** Auth0 docs, "Login Flows for Organizations": who writes the application does not know of organizations. */
const ASKED = { organization_usage: "require", organization_require_behavior: "pre_login_prompt" };

interface OrganizationLogin {
  /** Whether people log in to an organization, and are asked for it; `false` too where the application is gone. */
  isRequired(): Promise<boolean>;
  require(): Promise<void>;
}

/** Its methods throw TenantError. */
export function organizationLogin(client: TenantClient, clientId: string): OrganizationLogin {
  const path = `/clients/${encodeURIComponent(clientId)}`;
  return {
    async isRequired() {
      const found = await client.read(path);
      return Object.entries(ASKED).every(([key, value]) => textAt(found, key) === value);
    },
    async require() {
      await client.send("PATCH", path, ASKED);
    },
  };
}

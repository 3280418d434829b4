import { only, post, textAt, without } from "./kind.ts";
import type { Kind, Shown } from "./kind.ts";
import { isRecord, jsonObjectSchema } from "../../tenants/kit/json.ts";

const kind = (name: string, plural: string, id = "id") => ({
  name,
  list: `/api/v2/${plural}`,
  id: (shown: Shown) => textAt(shown, id),
  natural: (shown: Shown) => textAt(shown, "name"),
});

/** Flags without those that only the answer to a change shows. */
function storedFlags(flags: unknown): unknown {
  return isRecord(flags)
    ? without(
        flags,
        "cannot_change_enforce_client_authentication_on_passwordless_start",
        "enforce_client_authentication_on_passwordless_start",
      )
    : flags;
}

/** What recorded Auth0 tenants held, in the order in which it has to be made. */
export const auth0Kinds: readonly Kind[] = [
  {
    ...kind("tenant settings", "tenants/settings"),
    shownBy: ["tenant_settings_route", "patch_settings"],
    madeBy: [],
    id: () => "settings",
    place: ([first], collections) => {
      if (first === undefined) return collections;
      const settings = jsonObjectSchema.parse({ ...first, flags: storedFlags(first.flags) });
      return { ...collections, tenant_settings: [{ ...settings, key: "settings" }] };
    },
  },
  {
    ...kind("client", "clients", "client_id"),
    shownBy: ["get_clients", "get_clients_by_id", "patch_clients_by_id"],
    madeBy: ["post_clients"],
    create: (shown) =>
      post(
        "/api/v2/clients",
        without(
          shown,
          "tenant",
          "global",
          "client_id",
          "client_secret",
          "signing_keys",
          "callback_url_template",
        ),
      ),
  },
  {
    ...kind("connection", "connections"),
    shownBy: ["get_connections", "get_connections_by_id", "patch_connections_by_id"],
    madeBy: ["post_connections"],
    create: (shown) => post("/api/v2/connections", without(shown, "id", "enabled_clients", "realms")),
  },
  {
    ...kind("role", "roles"),
    shownBy: ["get_roles", "get_roles_by_id", "get_user_roles", "get_organization_member_roles"],
    madeBy: ["post_roles"],
    create: (shown) => post("/api/v2/roles", only(shown, "name", "description")),
  },
  {
    ...kind("organization", "organizations"),
    shownBy: ["get_organizations", "get_organizations_by_id", "get_name_by_name"],
    madeBy: ["post_organizations"],
    create: (shown) =>
      post(
        "/api/v2/organizations",
        only(shown, "name", "display_name", "branding", "metadata", "token_quota"),
      ),
  },
  {
    ...kind("resource server", "resource-servers"),
    shownBy: ["get_resource-servers", "get_resource-servers_by_id"],
    madeBy: ["post_resource-servers"],
    natural: (shown) => textAt(shown, "name"),
    create: (shown) => post("/api/v2/resource-servers", without(shown, "id", "is_system", "client")),
  },
];

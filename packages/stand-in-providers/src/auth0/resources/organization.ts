import { segment } from "../../http/escape.ts";
import { count, flag, map, object, text } from "../../table/property.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { collection } from "../steps.ts";

const steps = collection({ path: "/organizations" });

export const organization: ResourceType<Auth0Api> = {
  token: "auth0:index/organization:Organization",
  what: "organization",
  properties: {
    name: text("name", { autoName: true }),
    displayName: text("display_name"),
    branding: object("branding", { logoUrl: text("logo_url"), colors: map("colors") }, { computed: true }),
    metadata: map("metadata", { sent: "changed" }),
    thirdPartyClientAccess: text("third_party_client_access", { computed: true }),
    tokenQuota: object("token_quota", {
      clientCredentials: object(
        "client_credentials",
        { enforce: flag("enforce"), perDay: count("per_day"), perHour: count("per_hour") },
        { required: true },
      ),
    }),
  },
  ...steps,

  // A quota that the program no longer mentions is taken away by a request of its own.
  async update(call) {
    await steps.update?.(call);
    if (call.state.tokenQuota !== undefined && call.inputs.tokenQuota === undefined) {
      await call.api.send("PATCH", `/organizations/${segment(call.id)}`, { token_quota: null });
    }
    return undefined;
  },
};

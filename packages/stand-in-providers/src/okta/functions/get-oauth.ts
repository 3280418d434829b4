import { secret } from "@ai-api-access/provider-kit";
import { segment } from "../../http/escape.ts";
import { objectsAt, textAt } from "../../http/json.ts";
import type { JsonObject } from "../../http/json.ts";
import { lookedUp } from "../../table/data-source.ts";
import { flag, text } from "../../table/property.ts";
import type { FunctionType } from "../../table/resource.ts";
import type { PlainProperties } from "@ai-api-access/provider-kit";
import type { OktaApi } from "../api.ts";
import { appOAuthProperties } from "../resources/app-oauth-properties.ts";

export const getOauth: FunctionType<OktaApi> = {
  token: "okta:app/getOauth:getOauth",
  what: "an OAuth app",
  args: {
    id: text(""),
    label: text(""),
    labelPrefix: text(""),
    activeOnly: flag(""),
    skipGroups: flag(""),
    skipUsers: flag(""),
  },

  async run(api, args) {
    const wanted = args.id;
    const app =
      typeof wanted === "string" && wanted !== ""
        ? await api.getObject(`/api/v1/apps/${segment(wanted)}`)
        : await labelled(api, args);
    const id = textAt(app, "id") ?? "";
    const secrets = objectsAt(await api.get(`/api/v1/apps/${segment(id)}/credentials/secrets`), "");
    const active = secrets.find((one) => textAt(one, "status") === "ACTIVE") ?? secrets[0];
    return {
      ...lookedUp(appOAuthProperties, app),
      networks: [],
      links: JSON.stringify(app._links ?? {}),
      ...args,
      id,
      label: textAt(app, "label") ?? "",
      clientSecret: secret(textAt(active, "client_secret") ?? ""),
    };
  },
};

async function labelled(api: OktaApi, args: PlainProperties): Promise<JsonObject> {
  const { label, labelPrefix, activeOnly } = args;
  const wanted = typeof label === "string" ? label : labelPrefix;
  if (typeof wanted !== "string") throw new Error("give id, label or labelPrefix");
  const filter = activeOnly === false ? undefined : 'status eq "ACTIVE"';
  const [found] = objectsAt(await api.get("/api/v1/apps", { filter, limit: 1, q: wanted }), "");
  const exact = typeof label !== "string" || textAt(found, "label") === label;
  if (found !== undefined && exact) return found;
  throw new Error(`there is no app with the label "${wanted}"`);
}

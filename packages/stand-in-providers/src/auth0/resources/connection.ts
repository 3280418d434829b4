import { segment } from "../../http/escape.ts";
import { isObject, textAt, valueAt, without } from "../../http/json.ts";
import { isProperties } from "@ai-api-access/provider-kit";
import { flag, list, map, object, text } from "../../table/property.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { collection } from "../steps.ts";
import type { Auth0Call } from "../steps.ts";
import { connectionOptions } from "./connection-options.ts";
import { fromVendorOptions, toVendorOptions } from "./connection-scopes.ts";

const active = { active: flag("active", { required: true }) };
const steps = collection({ path: "/connections" });

export const connection: ResourceType<Auth0Api> = {
  token: "auth0:index/connection:Connection",
  what: "connection",
  properties: {
    name: text("name", { autoName: true, replace: true, sent: "create" }),
    strategy: text("strategy", { required: true, replace: true, sent: "create" }),
    displayName: text("display_name", { computed: true }),
    isDomainConnection: flag("is_domain_connection", { computed: true }),
    showAsButton: flag("show_as_button"),
    metadata: map("metadata"),
    realms: list("realms", { computed: true }),
    authentication: object("authentication", active, { computed: true }),
    connectedAccounts: object("connected_accounts", active, { computed: true }),
    options: object("options", connectionOptions, { computed: true }),
  },
  ...steps,

  create: (call) => steps.create(asSent(call)),
  async read(call) {
    const found = await steps.read(call);
    if (found === undefined) return undefined;
    const strategy = textAt(found, "strategy") ?? "";
    return { ...found, options: fromVendorOptions(strategy, found.options) };
  },
  // Options are replaced as a whole, so secrets that somebody else keeps in a database would be lost: look first.
  async update(call) {
    const isDatabase = call.text("strategy") === "auth0";
    if (isDatabase && call.inputs.options !== undefined) await refuseUnmanagedSecrets(call);
    return steps.update?.(asSent(call));
  },
};

/** The strategies of companies: the only ones with a button that the official plugin sends. */
const ENTERPRISE = ["ad", "adfs", "google-apps", "oidc", "okta", "pingfederate", "samlp", "waad"];

function asSent(call: Auth0Call): Auth0Call {
  const strategy = call.text("strategy");
  const body: Auth0Call["body"] = (extent) => {
    const { options, ...rest } = call.body(extent);
    const shown = ENTERPRISE.includes(strategy) ? rest : without(rest, "show_as_button");
    return isObject(options) ? { ...shown, options: toVendorOptions(strategy, options) } : shown;
  };
  return { ...call, body };
}

async function refuseUnmanagedSecrets(call: Auth0Call): Promise<void> {
  const live = valueAt(await call.api.get(`/connections/${segment(call.id)}`), "options.configuration");
  const options = call.inputs.options;
  const ours = isProperties(options) ? options.configuration : undefined;
  const managed = isProperties(ours) ? Object.keys(ours) : [];
  const unmanaged = Object.keys(isObject(live) ? live : {}).filter((key) => !managed.includes(key));
  if (unmanaged.length === 0) return;
  throw new Error(
    `the connection holds configuration secrets that the program does not declare, and an update would remove ` +
      `them: ${unmanaged.join(", ")}. Declare them in options.configuration, or remove them in Auth0.`,
  );
}

import { segment } from "../../http/escape.ts";
import { isObject, valueAt, without } from "../../http/json.ts";
import { isProperties } from "@ai-api-access/provider-kit";
import { flag, list, map, object, text } from "../../table/property.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { collection } from "../steps.ts";
import type { Auth0Call } from "../steps.ts";
import { databaseOptions } from "./connection-options.ts";

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
    options: object("options", databaseOptions, { computed: true }),
  },
  ...steps,

  create: (call) => steps.create(withoutButton(call)),
  // Options are replaced as a whole, so secrets that somebody else keeps there would be lost: look first.
  async update(call) {
    if (call.inputs.options !== undefined) await refuseUnmanagedSecrets(call);
    return steps.update?.(withoutButton(call));
  },
};

/** Strategies without a button of their own on the login page; the official plugin leaves the property out. */
const WITHOUT_BUTTON = ["auth0", "email", "sms"];

function withoutButton(call: Auth0Call): Auth0Call {
  if (!WITHOUT_BUTTON.includes(call.text("strategy"))) return call;
  const body: Auth0Call["body"] = (extent) => without(call.body(extent), "show_as_button");
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

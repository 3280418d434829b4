import { z } from "zod";
import { jsonObjectSchema } from "@ai-api-access/emulator-core";
import { flag, format, metadata } from "../formats.ts";

/** The strategies that connections can have (Auth0 docs: Management API, POST /connections). */
const STRATEGIES =
  "ad adfs amazon apple dropbox bitbucket auth0-oidc auth0 baidu bitly box custom daccount dwolla email " +
  "evernote-sandbox evernote exact facebook fitbit github google-apps google-oauth2 instagram ip line linkedin " +
  "oauth1 oauth2 office365 oidc okta paypal paypal-sandbox pingfederate planningcenter salesforce-community " +
  "salesforce-sandbox salesforce samlp sharepoint shopify shop sms soundcloud thirtysevensignals twitter untappd " +
  "vkontakte waad weibo windowslive wordpress yahoo yandex";

const strategy = z.enum(STRATEGIES.split(" "));

/** One strategy to list connections by, or several. */
export const strategiesQuery = z.union([strategy.transform((one) => [one]), z.array(strategy)]).optional();

const NAME = /^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$/;

const settings = {
  display_name: z
    .string()
    .max(128)
    .optional()
    .describe("Connection name used in the new universal login experience"),
  options: jsonObjectSchema.optional().describe("The connection's options."),
  is_domain_connection: flag(
    "<code>true</code> promotes to a domain-level connection so that third-party applications can use it.",
  ),
  show_as_button: flag(
    "Enables showing a button for the connection in the login page (new experience only).",
  ),
  realms: z
    .array(format("connection-realm", (value) => NAME.test(value)))
    .optional()
    .describe("Defines the realms for which the connection will be used (ie: email domains)."),
  metadata: metadata(10, "Metadata associated with the connection.").optional(),
  authentication: z.strictObject({ active: z.boolean() }).optional(),
  connected_accounts: z
    .looseObject({ active: z.boolean(), cross_app_access: z.boolean().optional() })
    .optional(),
  cross_app_access_requesting_app: z.strictObject({ active: z.boolean() }).optional(),
};

const resourceApp = z.strictObject({ status: z.enum(["enabled", "disabled"]) });

/**
 * A new connection as a request carries it. `enabled_clients` is not in it: since 2026 the vendor refuses it here,
 * and a connection's clients are set through `/connections/{id}/clients`.
 */
export const connectionBody = z.strictObject({
  name: z
    .string()
    .max(128)
    .regex(NAME)
    .describe(
      "The name of the connection. Must start and end with an alphanumeric character and can only contain alphanumeric characters and '-'. Max length 128",
    ),
  strategy: strategy.describe("The identity provider identifier for the connection"),
  ...settings,
  cross_app_access_resource_app: resourceApp.optional(),
});

/** A change of a connection. */
export const connectionChangeBody = z.strictObject({
  ...settings,
  cross_app_access_resource_app: resourceApp.nullish(),
});

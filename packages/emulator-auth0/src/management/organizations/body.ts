import { z } from "zod";
import { flag, format, htmlColor, idFormat, metadata, strictHttpsUri, text } from "../formats.ts";

/** Lower-case letters, digits, `_` and `-` (Auth0 docs: create organizations). */
const organizationName = format("organization-name", (value) => /^[a-z0-9][a-z0-9_-]*$/.test(value))
  .pipe(z.string().min(1).max(50))
  .describe("The name of this organization.");

const perTime = z.int().min(1).max(2147483647).optional();

const quota = z
  .strictObject({
    client_credentials: z
      .strictObject({ enforce: z.boolean().optional(), per_day: perTime, per_hour: perTime })
      .refine((value) => Object.keys(value).length > 0, {
        error: "Too few properties defined (0), minimum 1",
      }),
  })
  .nullable();

const settings = {
  display_name: text(1, 255, "Friendly name of this organization.").optional(),
  branding: z
    .strictObject({
      logo_url: strictHttpsUri.nullable().optional().describe("URL of logo to display on login page."),
      colors: z
        .strictObject({
          primary: htmlColor.describe("HEX Color for primary elements."),
          page_background: htmlColor.describe("HEX Color for background."),
        })
        .optional()
        .describe("Color scheme used to customize the login pages."),
    })
    .optional()
    .describe("Theme defines how to style the login pages."),
  metadata: metadata(
    25,
    "Metadata associated with the organization, in the form of an object with string values (max 255 chars).  Maximum of 25 metadata properties allowed.",
  ).optional(),
  token_quota: quota.optional(),
  third_party_client_access: z.enum(["block", "allow"]).optional(),
  is_app_entitlement_active: flag(
    "Whether members of the organization can log in only to the clients that it is associated with.",
  ),
};

/** A link to a connection, as the older endpoints and POST /organizations take it. */
export const enabledConnectionBody = z.strictObject({
  connection_id: idFormat("connection-id", "con").describe("ID of the connection."),
  assign_membership_on_login: flag(
    "When true, all users that log in with this connection will be automatically granted membership in the organization. When false, users must be granted membership in the organization before logging in with this connection.",
  ),
  is_signup_enabled: flag(
    "Determines whether organization signup should be enabled for this organization connection. Only applicable for database connections. Default: false.",
  ),
  show_as_button: flag(
    "Determines whether a connection should be displayed on this organization's login prompt. Only applicable for enterprise connections. Default: true.",
  ),
});

/** A change of a link, as the older endpoints take it. */
export const enabledConnectionChangeBody = enabledConnectionBody.omit({ connection_id: true });

const linkName = z
  .string()
  .min(1)
  .max(50)
  // eslint-disable-next-line no-control-regex -- the vendor refuses just this character
  .regex(/^[^\u0000]*$/)
  .describe("Name of the connection in the scope of this organization.");
const accessLevel = z.enum(["none", "readonly", "limited", "full"]);
const isEnabled = z.boolean().describe("Whether the connection is enabled for the organization.");

/** A link as the newer endpoints take it: also whether it is enabled, and two more settings. */
export const organizationConnectionBody = enabledConnectionBody.extend({
  is_enabled: isEnabled.optional(),
  organization_connection_name: linkName.optional(),
  organization_access_level: accessLevel.optional(),
});

/** A change of a link, as the newer endpoints take it; null gives a setting back its default. */
export const organizationConnectionChangeBody = enabledConnectionChangeBody.extend({
  is_enabled: isEnabled.nullish(),
  organization_connection_name: linkName.nullish(),
  organization_access_level: accessLevel.nullish(),
});

/** A new organization as a request carries it. */
export const organizationBody = z.strictObject({
  name: organizationName,
  ...settings,
  enabled_connections: z.array(enabledConnectionBody).max(10).optional(),
});

/** A change of an organization. */
export const organizationChangeBody = z.strictObject({ name: organizationName.optional(), ...settings });

import { z } from "zod";
import { jsonObjectSchema } from "@ai-api-access/emulator-core";
import { emailAddress, strictUri, text } from "../formats.ts";

const email = emailAddress.describe("The user's email.");
const flag = z.boolean();

const attributes = {
  email,
  phone_number: z
    .string()
    .regex(/^\+[0-9]{1,15}$/)
    .describe("The user's phone number (following the E.164 recommendation)."),
  user_metadata: jsonObjectSchema.describe(
    "Data related to the user that does not affect the application's core functionality.",
  ),
  app_metadata: jsonObjectSchema.describe(
    "Data related to the user that does affect the application's core functionality.",
  ),
  blocked: flag.describe("Whether this user was blocked by an administrator (true) or not (false)."),
  email_verified: flag.describe("Whether this email address is verified (true) or unverified (false)."),
  phone_verified: flag.describe("Whether this phone number has been verified (true) or not (false)."),
  given_name: text(1, 150, "The user's given name(s)."),
  family_name: text(1, 150, "The user's family name(s)."),
  name: text(1, 300, "The user's full name."),
  nickname: text(1, 300, "The user's nickname."),
  picture: strictUri.describe("A URI pointing to the user's picture."),
  password: z
    .string()
    .min(1)
    .describe("Initial password for this user. Only valid for auth0 connection strategy."),
  verify_email: flag.describe(
    "Whether the user will receive a verification email after creation (true) or no email (false).",
  ),
  username: text(1, 128, "The user's username. Only valid if the connection requires a username."),
};

/** A new user as a request carries it. */
export const userBody = z.strictObject({
  connection: z.string().min(1).describe("Name of the connection this user should be created in."),
  ...z.object(attributes).partial().shape,
  user_id: z
    .string()
    .max(255)
    .regex(/^\S*$/)
    .optional()
    .describe("The external user's id provided by the identity provider."),
});

/** A change of a user. Null unsets an attribute; unlike at creation, further properties pass. */
export const userChangeBody = z.looseObject({
  ...Object.fromEntries(
    Object.entries(attributes).map(([name, schema]) => [name, schema.nullable().optional()]),
  ),
  verify_phone_number: flag.optional(),
  connection: z.string().optional(),
  client_id: z.string().optional(),
  email: email.nullable().optional(),
  username: attributes.username.nullable().optional(),
  password: attributes.password.optional(),
  user_metadata: jsonObjectSchema.optional(),
  app_metadata: jsonObjectSchema.optional(),
});

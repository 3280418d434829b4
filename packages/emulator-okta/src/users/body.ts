import { z } from "zod";
import { eq, jsonSchema } from "@ai-api-access/emulator-core";
import type { Json } from "@ai-api-access/emulator-core";
import { text } from "../body.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, validationFailed } from "../errors.ts";

/** Okta docs, "User profile": the attributes that every org has. */
const ATTRIBUTES = (
  "login email secondEmail firstName lastName middleName honorificPrefix honorificSuffix title displayName nickName " +
  "profileUrl primaryPhone mobilePhone streetAddress city state zipCode countryCode postalAddress preferredLanguage " +
  "locale timezone userType employeeNumber costCenter organization division department managerId manager"
).split(" ");

/** A new user as a request carries it; of the credentials, the password. */
export const userBody = z.object({
  profile: z
    .object({
      firstName: z.string().min(1).max(50),
      lastName: z.string().min(1).max(50),
      login: z.string().min(5, "Username must be at least 5 characters").max(100),
      email: z.string().min(5).max(100),
      mobilePhone: text,
      secondEmail: text,
    })
    .catchall(jsonSchema),
  credentials: z
    .object({ password: z.object({ value: z.string().optional() }).nullish() })
    .nullish()
    .transform((value) => value?.password?.value),
});

type UserBody = z.output<typeof userBody>;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * Refuses a wrong profile. The texts about unknown attributes and taken names were seen in answers of the real API.
 */
export function validateUser({ data }: OktaContext, { profile }: UserBody): void {
  const unknown = Object.keys(profile).filter((name) => !ATTRIBUTES.includes(name));
  if (unknown.length > 0) {
    const causes = unknown.map((name) => `Property name '${name}' is not defined in profile`);
    throw validationFailed("newUser", ...causes);
  }
  if (!EMAIL.test(profile.login)) {
    throw validationFailed("login", "login: Username must be in the form of an email address");
  }
  if (!EMAIL.test(profile.email)) throw validationFailed("email", "email: Does not match required pattern");
  if (data.users.first(eq("login", profile.login)) !== undefined) throw alreadyExists("login");
}

/** A profile as it is kept: without attributes that are null, but for two that are always shown. */
export function profileOf({ profile }: UserBody): UserBody["profile"] {
  const { firstName, lastName, login, email, mobilePhone, secondEmail, ...others } = profile;
  const given = Object.entries<Json>(others).filter(([, value]) => value !== null);
  return { firstName, lastName, mobilePhone, secondEmail, login, email, ...Object.fromEntries(given) };
}

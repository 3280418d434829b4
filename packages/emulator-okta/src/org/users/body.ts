import { z } from "zod";
import { jsonSchema } from "@ai-api-access/emulator-core/json.ts";
import type { Json } from "@ai-api-access/emulator-core/json.ts";
import { eq } from "@ai-api-access/emulator-core/where.ts";
import type { OktaContext } from "../../context.ts";
import { alreadyExists, validationFailed } from "../../errors.ts";

/** Okta docs, "User profile": the attributes that every org has. */
const ATTRIBUTES = (
  "login email secondEmail firstName lastName middleName honorificPrefix honorificSuffix title displayName nickName " +
  "profileUrl primaryPhone mobilePhone streetAddress city state zipCode countryCode postalAddress preferredLanguage " +
  "locale timezone userType employeeNumber costCenter organization division department managerId manager"
).split(" ");

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

/** A new person as a request carries it. */
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
    .transform((value) => value?.password?.value !== undefined),
});

/** A new person as a request carries it. */
export type UserBody = z.output<typeof userBody>;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * Refuses a person whose profile cannot be. The texts about unknown attributes and names that are taken were seen
 * in answers of the real API.
 */
export function requireSound({ data }: OktaContext, { profile }: UserBody): void {
  const unknown = Object.keys(profile).filter((name) => !ATTRIBUTES.includes(name));
  if (unknown.length > 0) {
    throw validationFailed(
      "newUser",
      ...unknown.map((name) => `Property name '${name}' is not defined in profile`),
    );
  }
  if (!EMAIL.test(profile.login)) {
    throw validationFailed("login", "login: Username must be in the form of an email address");
  }
  if (!EMAIL.test(profile.email)) throw validationFailed("email", "email: Does not match required pattern");
  if (data.users.first(eq("login", profile.login)) !== undefined) throw alreadyExists("login");
}

/** A profile as it is kept: an attribute set to null is one that is not there, but for two that are shown so. */
export function profileOf({ profile }: UserBody): UserBody["profile"] {
  const { firstName, lastName, login, email, mobilePhone, secondEmail, ...others } = profile;
  const given = Object.entries<Json>(others).filter(([, value]) => value !== null);
  return { firstName, lastName, mobilePhone, secondEmail, login, email, ...Object.fromEntries(given) };
}

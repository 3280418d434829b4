import { z } from "zod";
import { eq, jsonObjectSchema, jsonSchema } from "@ai-api-access/emulator-core";
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

const password = z.object({
  value: z.string().optional(),
  /** As another system hashed it (Okta docs, "Users API", "Create user with imported hashed password"). */
  hash: jsonObjectSchema.optional(),
});
const recoveryQuestion = z.object({
  question: z.string().min(1).max(100),
  answer: z.string().min(4).max(100),
});

const profile = z
  .object({
    firstName: z.string().min(1).max(50),
    lastName: z.string().min(1).max(50),
    login: z.string().min(5, "Username must be at least 5 characters").max(100),
    email: z.string().min(5).max(100),
    mobilePhone: text,
    secondEmail: text,
  })
  .catchall(jsonSchema);

const credentials = z
  .object({ password: password.nullish(), recovery_question: recoveryQuestion.nullish() })
  .nullish()
  .transform((given) => ({
    password: given?.password?.value,
    isImported: given?.password?.hash !== undefined,
    question: given?.recovery_question?.question,
  }));

const type = z.object({ id: z.string() }).optional();

/** A new user as a request carries it. */
export const userBody = z.object({ profile, credentials, type });

/** A user who is replaced: without a profile, the credentials alone. */
export const changedUserBody = z.object({ profile: profile.optional(), credentials, type });

/** Some attributes of a user; others stay. */
export const userPatchBody = z.object({ profile: z.record(z.string(), jsonSchema).optional(), credentials });

export const changePasswordBody = z.object({
  oldPassword: z.object({ value: z.string() }),
  newPassword: z.object({ value: z.string().min(1) }),
});

export const changeQuestionBody = z.object({
  password: z.object({ value: z.string() }),
  recovery_question: recoveryQuestion,
});

/** The credentials of a request. */
export type GivenCredentials = z.output<typeof credentials>;

type GivenProfile = z.output<typeof profile>;

/** A profile that was put together of what is kept and what a request gives. Throws 400. */
export function asProfile(value: unknown): GivenProfile {
  const { data, error } = profile.safeParse(value);
  if (error !== undefined) {
    const [issue] = error.issues;
    const field = String(issue?.path[0] ?? "profile");
    throw validationFailed(field, `${field}: ${issue?.message ?? ""}`);
  }
  return data;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * Refuses a wrong profile. The texts about unknown attributes and taken names were seen in answers of the real API.
 */
export function validateProfile({ data }: OktaContext, profile: GivenProfile, id?: string): void {
  const unknown = Object.keys(profile).filter((name) => !ATTRIBUTES.includes(name));
  if (unknown.length > 0) {
    const causes = unknown.map((name) => `Property name '${name}' is not defined in profile`);
    throw validationFailed("newUser", ...causes);
  }
  if (!EMAIL.test(profile.login)) {
    throw validationFailed("login", "login: Username must be in the form of an email address");
  }
  if (!EMAIL.test(profile.email)) throw validationFailed("email", "email: Does not match required pattern");
  if (data.users.find(eq("login", profile.login)).some((user) => user.id !== id))
    throw alreadyExists("login");
}

/** A profile as it is kept: without attributes that are null, but for two that are always shown. */
export function profileOf(profile: GivenProfile): GivenProfile {
  const { firstName, lastName, login, email, mobilePhone, secondEmail, ...others } = profile;
  const given = Object.entries<Json>(others).filter(([, value]) => value !== null);
  return { firstName, lastName, mobilePhone, secondEmail, login, email, ...Object.fromEntries(given) };
}

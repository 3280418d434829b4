import { hashPassword, isPassword, recordOr } from "@ai-api-access/emulator-core";
import type { JsonObject } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { ManagementError } from "../../errors.ts";

/** Keeps a user's password as a salted scrypt hash. */
export function keepPassword({ data }: Auth0Context, userId: string, password: string): void {
  data.passwords.put({ user_id: userId, ...hashPassword(password) });
}

/** Whether this is the user's password. */
export function passwordMatches({ data }: Auth0Context, userId: string, password: string): boolean {
  const kept = data.passwords.get(userId);
  return kept !== undefined && isPassword(password, kept);
}

interface Policy {
  readonly minimum: number;
  readonly fits: (kinds: number, password: string) => boolean;
}

const GOOD: Policy = { minimum: 8, fits: (kinds) => kinds >= 3 };

/** Auth0 docs: password strength in database connections. */
const POLICIES: Readonly<Record<string, Policy>> = {
  none: { minimum: 1, fits: () => true },
  low: { minimum: 6, fits: () => true },
  fair: {
    minimum: 8,
    fits: (_kinds, password) => [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(password)),
  },
  good: GOOD,
  excellent: { minimum: 10, fits: (kinds, password) => kinds >= 3 && !/(.)\1\1/.test(password) },
};

/** Throws 400 when a password is weaker than the connection's policy asks. */
export function validatePassword(options: JsonObject, password: string): void {
  const { passwordPolicy: name } = options;
  const { minimum, fits } = POLICIES[typeof name === "string" ? name : "good"] ?? GOOD;
  const own = recordOr(options.password_complexity_options).min_length;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  if (password.length < (typeof own === "number" ? own : minimum) || !fits(kinds, password)) {
    throw new ManagementError(400, "PasswordStrengthError: Password is too weak");
  }
}

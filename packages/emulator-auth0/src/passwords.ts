import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import type { JsonObject } from "@ai-api-access/emulator-core";
import { isRecord } from "@ai-api-access/emulator-core";
import type { Collections } from "./collections.ts";
import { ManagementError } from "./errors.ts";

// Cheaper than scrypt's usual cost: a stand-in should not spend its time on hashing.
const COST = { N: 1024, r: 8, p: 1 };

/** Keeps a user's password as a salted scrypt hash. */
export function keepPassword(collections: Collections, userId: string, password: string): void {
  const salt = randomBytes(16).toString("hex");
  const hash = scryptSync(password, salt, 32, COST).toString("hex");
  collections.passwords.put({ user_id: userId, salt, hash });
}

/** Whether this is the user's password. */
export function passwordMatches(collections: Collections, userId: string, password: string): boolean {
  const kept = collections.passwords.get(userId);
  if (kept === undefined) return false;
  return timingSafeEqual(Buffer.from(kept.hash, "hex"), scryptSync(password, kept.salt, 32, COST));
}

interface Policy {
  readonly minimum: number;
  readonly fits: (kinds: number, password: string) => boolean;
}

/** Auth0 docs: password strength in database connections. */
const POLICIES: Readonly<Record<string, Policy>> = {
  none: { minimum: 1, fits: () => true },
  low: { minimum: 6, fits: () => true },
  fair: {
    minimum: 8,
    fits: (_kinds, password) => [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(password)),
  },
  good: { minimum: 8, fits: (kinds) => kinds >= 3 },
  excellent: { minimum: 10, fits: (kinds, password) => kinds >= 3 && !/(.)\1\1/.test(password) },
};

/** Throws 400 when a password is weaker than the connection's policy asks. */
export function checkStrength(options: JsonObject, password: string): void {
  const { passwordPolicy: name } = options;
  const policy = POLICIES[typeof name === "string" ? name : "good"] ?? POLICIES.good;
  const complexity = options.password_complexity_options;
  const own = isRecord(complexity) ? complexity.min_length : undefined;
  const minimum = typeof own === "number" ? own : (policy?.minimum ?? 1);
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  if (password.length < minimum || policy?.fits(kinds, password) !== true) {
    throw new ManagementError(400, "PasswordStrengthError: Password is too weak");
  }
}

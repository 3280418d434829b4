import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

/** A password as it is kept. */
export interface HashedPassword {
  readonly salt: string;
  readonly hash: string;
}

// Cheaper than scrypt's usual cost: a stand-in should not spend its time on hashing.
const COST = { N: 1024, r: 8, p: 1 };

/** A password as a salted scrypt hash. */
export function hashPassword(password: string): HashedPassword {
  const salt = randomBytes(16).toString("hex");
  return { salt, hash: scryptSync(password, salt, 32, COST).toString("hex") };
}

/** Whether this is the password that is kept. */
export function isPassword(password: string, { salt, hash }: HashedPassword): boolean {
  return timingSafeEqual(Buffer.from(hash, "hex"), scryptSync(password, salt, 32, COST));
}

import { randomBytes, randomInt } from "node:crypto";

const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const URL_SAFE = `${ALPHANUMERIC}-_`;

function pick(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
}

/** `length` random characters of `[A-Za-z0-9]`. */
export function alphanumeric(length: number): string {
  return pick(ALPHANUMERIC, length);
}

/** `length` random characters of the URL-safe base64 alphabet. */
export function urlSafe(length: number): string {
  return pick(URL_SAFE, length);
}

/** `length` random lower-case hexadecimal digits. */
export function hex(length: number): string {
  return randomBytes(Math.ceil(length / 2))
    .toString("hex")
    .slice(0, length);
}

/** A key for a document that is named by several ids together; no two lists of parts give the same key. */
export function compositeKey(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

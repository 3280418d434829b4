import { randomBytes, randomInt } from "node:crypto";
import { epochSeconds } from "./times.ts";
import type { Clock } from "./times.ts";

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

/** A key for a document that several ids identify together; no two lists of parts give the same key. */
export function compositeKey(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

const PROCESS = hex(10);
let count = randomInt(0x100000);

/**
 * 24 hexadecimal digits that grow with time, as ids of MongoDB documents do: the seconds, this process, a
 * counter. What was made later sorts after what was made before.
 */
export function objectId(clock: Clock): string {
  count = (count + 1) % 0x1000000;
  return epochSeconds(clock).toString(16).padStart(8, "0") + PROCESS + count.toString(16).padStart(6, "0");
}

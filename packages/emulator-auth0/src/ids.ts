import { alphanumeric } from "@ai-api-access/emulator-core";
import type { Clock } from "@ai-api-access/emulator-core";

/** In the order of the characters' codes, so that texts sort as the numbers do. */
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function digits(value: number, length: number): string {
  const digit = DIGITS.charAt(value % DIGITS.length);
  return length <= 1 ? digit : digits(Math.floor(value / DIGITS.length), length - 1) + digit;
}

let count = 0;

/** `length` (12 or more) characters of `[A-Za-z0-9]`. What was made later sorts after what was made before. */
export function sortableId(clock: Clock, length: number): string {
  count = (count + 1) % DIGITS.length ** 4;
  return digits(clock(), 8) + digits(count, 4) + alphanumeric(length - 12);
}

import { timingSafeEqual } from "node:crypto";

/** Whether two texts are the same, compared in constant time. */
export function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

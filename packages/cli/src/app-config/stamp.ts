/** What a written file says of itself, so that a later run knows whether it may replace it. */
import { createHash } from "node:crypto";

export interface Stamp {
  /** The stack whose outputs it holds; absent when they came from somewhere that does not say. */
  readonly stack?: string;
  /** As of when: the time of the stack's last update, ISO 8601. */
  readonly outputsOf: string;
  /** The number of that update; absent where the backend does not count. */
  readonly update?: number;
}

const SEAL = /sha256-[\w-]{43}/;
/** Stands where the seal will be while it is computed. */
export const UNSEALED = `sha256-${"0".repeat(43)}`;

/** Puts a hash of the whole text where it says {@link UNSEALED}. */
export function sealed(text: string): string {
  return text.replace(UNSEALED, hashOf(text));
}

/** Whether nothing was changed since the text was sealed. */
export function isSealed(text: string): boolean {
  const seal = SEAL.exec(text)?.[0];
  return seal !== undefined && hashOf(text.replace(seal, UNSEALED)) === seal;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64url")}`;
}

/** `update 12 of 2026-11-22T05:51:07.000Z` */
export function whenOf({ outputsOf, update }: Stamp): string {
  return update === undefined ? outputsOf : `update ${String(update)} of ${outputsOf}`;
}

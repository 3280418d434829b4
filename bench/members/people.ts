/** Whom the benchmark declares. */
import { userId } from "@ai-api-access/testing/crowd.ts";

export interface Person {
  readonly user: string;
  /** The name of the one role that everybody has. */
  readonly role: string;
}

/** The persons `from` to `to` - 1 of the crowd. */
export function people(from: number, to: number): Person[] {
  return Array.from({ length: to - from }, (_, at) => ({ user: userId(from + at), role: "ai-reader" }));
}

/** How many of so many people one percent is; at least one. */
export function onePercentOf(count: number): number {
  return Math.max(1, Math.round(count / 100));
}

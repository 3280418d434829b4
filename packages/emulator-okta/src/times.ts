import type { Clock } from "@ai-api-access/emulator-core/times.ts";

/** The clock's time as Okta writes it: UTC, whole seconds, always `.000Z`. */
export function oktaTime(clock: Clock): string {
  return inWholeSeconds(clock());
}

/** The moment `days` after `time`, in the same form. */
export function daysAfter(time: string, days: number): string {
  return inWholeSeconds(Date.parse(time) + days * 86_400_000);
}

function inWholeSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, ".000Z");
}

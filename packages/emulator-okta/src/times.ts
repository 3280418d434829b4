/** A time, in milliseconds since 1970, as Okta writes it: UTC, whole seconds, always `.000Z`. */
export function oktaTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, ".000Z");
}

/** The moment `days` after `time`, in the same form. */
export function daysAfter(time: string, days: number): string {
  return oktaTime(Date.parse(time) + days * 86_400_000);
}

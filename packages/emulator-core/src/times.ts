/** Gives the present time of a tenant, in milliseconds since 1970. Tests may bring their own. */
export type Clock = () => number;

/** The machine's clock. */
export const systemClock: Clock = () => Date.now();

/** The clock's time as both vendors write it: RFC 3339, UTC, milliseconds, `Z`. */
export function timestamp(clock: Clock): string {
  return new Date(clock()).toISOString();
}

/** The clock's time in whole seconds since 1970, as JWT claims count. */
export function epochSeconds(clock: Clock): number {
  return Math.floor(clock() / 1000);
}

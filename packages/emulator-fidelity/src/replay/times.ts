import type { Recording } from "./recordings/recording.ts";

const WRITTEN = /"(?:created|created_at|updated_at|lastUpdated|deleted_at)":\s*"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/g;

/**
 * When each interaction took place, in milliseconds since 1970: by the `Date` of the answer, else by the latest
 * time of a change that was shown until then. The tenant's clock is set to it, so that what was in the future
 * then, such as the end of a credential, is so again. Never runs backwards.
 */
export function timesOf({ interactions }: Recording): number[] {
  const known = interactions.map(({ responseHeaders, responseBody }) => {
    const date = Date.parse(responseHeaders.date?.[0] ?? "");
    if (!Number.isNaN(date)) return date;
    const shown = [...responseBody.matchAll(WRITTEN)].map(([, time]) => Date.parse(time ?? ""));
    return shown.length === 0 ? undefined : Math.max(...shown);
  });
  let latest = known.find((time) => time !== undefined) ?? Date.now();
  return known.map((time, index) => {
    // A millisecond each, so that what was made later is later.
    latest = Math.max(latest + (index === 0 ? 0 : 1), time ?? 0);
    return latest;
  });
}

import { parseJson } from "@ai-api-access/emulator-core";

/** The vendors whose traffic is replayed. */
export const VENDORS = ["auth0", "okta"] as const;
export type VendorName = (typeof VENDORS)[number];

/** A request and the vendor's answer to it, as they were recorded; bodies are plain text, decompressed. */
export interface Interaction {
  /** Its place in the recording, from 0. */
  readonly index: number;
  readonly method: string;
  /** `https://tenant.eu.auth0.com` */
  readonly origin: string;
  /** Path and query as sent. */
  readonly path: string;
  readonly requestBody: string;
  readonly contentType: string | undefined;
  readonly status: number;
  readonly responseBody: string;
  /** Names in lower case; each line a value. */
  readonly responseHeaders: Readonly<Record<string, readonly string[]>>;
}

/** The traffic of one test or session with one vendor's tenant. */
export interface Recording {
  /** Its file, seen from the folder that was given. */
  readonly name: string;
  readonly vendor: VendorName;
  readonly interactions: readonly Interaction[];
}

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

/** A body as JSON; as its text where it is none; nothing where it is empty. */
export function jsonOf(body: string): unknown {
  if (body.trim() === "") return undefined;
  try {
    return parseJson(body);
  } catch {
    return body;
  }
}

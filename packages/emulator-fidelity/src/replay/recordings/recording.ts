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

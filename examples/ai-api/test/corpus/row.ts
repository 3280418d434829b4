/** One row of the corpus of what must not get in. */
import type { Claims, LocalIssuer } from "../../testing/local-issuer.ts";

export type Vendor = "auth0" | "okta";

/** What a row can make its token of. */
export interface Maker {
  readonly vendor: Vendor;
  readonly issuer: LocalIssuer;
  /** The issuer of the other vendor, which the API trusts too. */
  readonly other: LocalIssuer;
  /** Somebody whom nobody trusts. */
  readonly stranger: LocalIssuer;
  /** Epoch seconds; the time at which the API looks at the token. */
  readonly now: number;
  /** A good token but for what is given; `undefined` leaves a claim out. */
  readonly token: (claims?: Claims, header?: Claims) => string;
}

export interface BadToken {
  readonly name: string;
  readonly make: (maker: Maker) => string;
  /** What the API answers; 401 invalid_token by default. A 403 is for a good token that allows too little. */
  readonly answer?: Answer;
  /** Why the vendor's own verifier lets the token in, where it does: it asks for less there. */
  readonly lenient?: Partial<Record<Vendor, string>>;
  /** What becomes of the vendor's own verifier, where the token is too much for it: it is not shown to it. */
  readonly breaks?: Partial<Record<Vendor, string>>;
  /** A second decides, and the vendors' verifiers cannot be given a clock: they are not asked. */
  readonly byASecond?: true;
}

export interface Answer {
  readonly status: number;
  /** The `error` of the challenge; without it, a challenge without one. No challenge at all for `null`. */
  readonly error?: string | null;
}

export const INVALID_TOKEN: Answer = { status: 401, error: "invalid_token" };
export const INSUFFICIENT_SCOPE: Answer = { status: 403, error: "insufficient_scope" };

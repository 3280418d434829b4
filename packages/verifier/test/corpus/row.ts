/** One row of the corpus of tokens that must not get in. */
import type { Fields, LocalIssuer } from "../../testing/local-issuer.ts";

export type Vendor = "auth0" | "okta";

/** What a row can make its token of. */
export interface Maker {
  readonly issuer: LocalIssuer;
  /** The issuer of the other vendor, which is trusted too. */
  readonly other: LocalIssuer;
  /** Nobody trusts this one. */
  readonly stranger: LocalIssuer;
  /** Epoch seconds. */
  readonly now: number;
  /** A valid token but for what is given; `undefined` leaves a field out. */
  readonly token: (claims?: Fields, header?: Fields) => string;
}

export interface BadToken extends Options {
  readonly name: string;
  readonly make: (maker: Maker) => string;
}

interface Options {
  /** By default 401 `invalid_token`; the other is for a valid token that allows too little. */
  readonly error?: "insufficient_scope";
  /** Why the vendor's own verifier lets the token in, where it does: it checks less there. */
  readonly lenient?: Partial<Record<Vendor, string>>;
  /** What happens to the vendor's own verifier where the token is too much for it: it does not get it. */
  readonly breaks?: Partial<Record<Vendor, string>>;
  /** A second decides, and the vendors' verifiers cannot be given a clock: they do not get it. */
  readonly byASecond?: true;
}

type Change = Fields | ((maker: Maker) => Fields);

export const token = (name: string, make: BadToken["make"], options?: Options): BadToken => ({
  name,
  make,
  ...options,
});

/** A row that differs from a valid token in claims. */
export const claims = (name: string, change: Change, options?: Options): BadToken =>
  token(name, (maker) => maker.token(fieldsOf(change, maker)), options);

/** A row that differs from a valid token in its header. */
export const header = (name: string, change: Change, options?: Options): BadToken =>
  token(name, (maker) => maker.token({}, fieldsOf(change, maker)), options);

function fieldsOf(change: Change, maker: Maker): Fields {
  return typeof change === "function" ? change(maker) : change;
}

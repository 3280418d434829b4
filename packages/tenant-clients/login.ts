import { refusalText, TenantError, type Answer } from "./errors.ts";
import { isPassing } from "./http.ts";
import { textAt, valueAt } from "./json.ts";
import { systemClock, type Clock } from "./pace.ts";

/** What a vendor let somebody in with. */
export interface Grant {
  readonly token: string;
  /** The word before it in `Authorization`. */
  readonly scheme: "Bearer" | "DPoP" | "SSWS";
  /** Milliseconds since 1970; `undefined` where nobody says, as for a token that was given. */
  readonly expires: number | undefined;
  /** What it allows; `undefined` where that is not known. */
  readonly scopes: readonly string[] | undefined;
  /** Signs a request, for a token that is bound to a key. */
  readonly proof?: (method: string, url: string) => Promise<string>;
}

/** How long before its end a token is taken for ended, in milliseconds. */
const MARGIN = 30_000;

/** Asks for a token when one is needed, and for the next one when it ends; all requests share it. */
export class Login {
  readonly #ask: () => Promise<Grant>;
  readonly #clock: Clock;
  #grant: Promise<Grant> | undefined;
  #expires = Infinity;

  constructor(ask: () => Promise<Grant>, clock: Clock) {
    this.#ask = ask;
    this.#clock = clock;
  }

  /** @throws TenantError when there is none to be had */
  grant(): Promise<Grant> {
    if (this.#grant !== undefined && this.#clock.now() < this.#expires - MARGIN) return this.#grant;
    const asked = this.#ask();
    this.#grant = asked;
    this.#expires = Infinity;
    asked.then(
      ({ expires = Infinity }) => (this.#expires = expires),
      // The failure goes to whoever waits for it; the next request asks again.
      () => (this.#grant = undefined),
    );
    return asked;
  }

  /** The headers that authorize a request. */
  async headers(method: string, url: string): Promise<Record<string, string>> {
    const { scheme, token, proof } = await this.grant();
    return {
      authorization: `${scheme} ${token}`,
      ...(proof && { dpop: await proof(method, url) }),
    };
  }
}

export interface TokenAnswer {
  readonly url: string;
  readonly answer: Answer;
  /** What to check when it is a refusal. */
  readonly next: string;
  readonly clock?: Clock | undefined;
}

/** The token in the answer of a token endpoint. @throws TenantError when there is none */
export function grantIn({ url, answer, next, clock = systemClock }: TokenAnswer): Grant {
  const { status, body } = answer;
  const token = textAt(body, "access_token");
  if (status !== 200 || token === undefined) {
    const failure = isPassing(status) || status === 429 ? "unavailable" : "login";
    throw new TenantError(failure, refusalText(`POST ${url}`, answer), { answer, next });
  }
  const seconds = valueAt(body, "expires_in");
  return {
    scheme: "Bearer",
    token,
    expires: typeof seconds === "number" ? clock.now() + seconds * 1000 : undefined,
    scopes: textAt(body, "scope")?.split(" "),
  };
}

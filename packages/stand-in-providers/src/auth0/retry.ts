import { mayPass } from "../http/send.ts";
import type { RetryPolicy } from "../http/send.ts";

/** Server errors that the official plugin tries again. */
const PASSING = new Set([500, 502, 503, 504, 524]);
const TRIES_AFTER_ERRORS = 3;

/**
 * A fresh policy for one request, as in the official plugin: a 429 is waited out as often as it comes, until the
 * second named by `X-RateLimit-Reset` (5 seconds if it names none); a passing server error or a cut connection is
 * tried three times more, for every method, after 0.5 to 10 seconds.
 */
export function auth0Retry(): RetryPolicy {
  let errors = 0;
  return ({ response, failure }) => {
    if (response?.status === 429) {
      const reset = Number(response.headers["x-ratelimit-reset"]);
      return Number.isFinite(reset) ? Math.max(0, reset * 1000 - Date.now()) : 5_000;
    }
    const passing = response ? PASSING.has(response.status) : mayPass(failure);
    if (!passing || errors >= TRIES_AFTER_ERRORS) return undefined;
    errors += 1;
    const longest = Math.min(10_000, 500 * 2 ** errors);
    return 500 + Math.random() * (longest - 500);
  };
}

import type { RetryPolicy } from "../http/send.ts";

const TRIES = 5;
const LONGEST = 300_000;

/**
 * A fresh policy for one request, as the official plugin behaves behind `httpProxy`: only a 429 is tried again,
 * five times, when the answer has `Date` and `X-Rate-Limit-Reset`, one second after the reset; and a connection
 * that was closed before an answer came.
 */
export function oktaRetry(): RetryPolicy {
  return ({ response, failure }, attempt) => {
    if (attempt > TRIES) return undefined;
    if (failure) return failure.code === "ECONNRESET" ? 100 : undefined;
    if (response.status !== 429) return undefined;
    const reset = Number(response.headers["x-rate-limit-reset"]) * 1000;
    const date = Date.parse(response.headers.date ?? "");
    if (Number.isNaN(reset) || Number.isNaN(date)) return undefined;
    return Math.min(LONGEST, Math.max(0, reset - date) + 1000);
  };
}

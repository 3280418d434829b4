/** A refusal by the vendor's API. The message holds no request body and no header, so no secret. */
export class ApiError extends Error {
  readonly status: number;
  /** The vendor's own code: Auth0 `errorCode`, Okta `errorCode`. */
  readonly code: string | undefined;

  constructor(refusal: { status: number; message: string; code?: string | undefined; request: string }) {
    const code = refusal.code === undefined ? "" : ` [${refusal.code}]`;
    super(`HTTP ${String(refusal.status)}: ${refusal.message}${code} (${refusal.request})`);
    this.name = "ApiError";
    this.status = refusal.status;
    this.code = refusal.code;
  }
}

/** Whether the vendor said that the thing does not exist. */
function isNotFound(thrown: unknown): boolean {
  return thrown instanceof ApiError && thrown.status === 404;
}

/** The answer, or `undefined` if what was asked for does not exist. */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (thrown) {
    if (isNotFound(thrown)) return undefined;
    throw thrown;
  }
}

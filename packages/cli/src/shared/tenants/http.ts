/** One HTTP request to a tenant, and why it was not what was hoped for. */

/** An answer, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON, else the text; `undefined` where there is none. */
  readonly body: unknown;
}

/** How long a tenant may take for one answer, in milliseconds. */
const PATIENCE = 20_000;

/** A tenant gave no answer, or one that is a refusal. The message is for the user, and holds no secret. */
export class TenantError extends Error {
  /** The status of the answer; `undefined` when there was none. */
  readonly status: number | undefined;
  /** The vendor's own code, such as `E0000015`. */
  readonly code: string | undefined;

  constructor(message: string, answer: { status?: number; code?: string | undefined } = {}) {
    super(message);
    this.name = "TenantError";
    this.status = answer.status;
    this.code = answer.code;
  }
}

/**
 * Sends a request. Redirects are not followed.
 *
 * @throws TenantError when there is no answer
 */
export async function ask(url: string, request: Readonly<RequestInit> = {}): Promise<Answer> {
  try {
    const answer = await fetch(url, {
      ...request,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { status: answer.status, headers: answer.headers, body: parsed(await answer.text()) };
  } catch (error) {
    throw new TenantError(`${new URL(url).origin} gives no answer: ${reasonOf(error)}`);
  }
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `fetch failed` says nothing; what it failed of stands in its cause, the first of several. */
function reasonOf(error: unknown): string {
  const cause = valueAt(error, "cause");
  const inner = valueAt(valueAt(cause, "errors"), "0") ?? cause ?? error;
  const [message, code] = [textAt(inner, "message"), textAt(inner, "code")];
  return message !== undefined && message !== "" ? message : (code ?? "no reason given");
}

/** What a refusal says: the words of Auth0 (`message`, `error_description`) or Okta (`errorSummary`), and a code. */
export function refusal(what: string, { status, body }: Answer): TenantError {
  const words = ["message", "error_description", "errorSummary", "error"].map((key) => textAt(body, key));
  const said = words.find((text) => text !== undefined) ?? "no explanation";
  const code = textAt(body, "errorCode");
  return new TenantError(
    `${what}: ${said} (HTTP ${String(status)}${code === undefined ? "" : `, ${code}`})`,
    {
      status,
      code,
    },
  );
}

/** A text of an answer's body. */
export function textAt(body: unknown, key: string): string | undefined {
  const value = valueAt(body, key);
  return typeof value === "string" ? value : undefined;
}

function valueAt(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

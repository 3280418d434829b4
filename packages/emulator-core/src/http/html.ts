import { ApiError } from "./errors.ts";
import { Reply } from "./routes.ts";

interface PageOptions {
  /** Of the page's own `<style>` and `<script>` elements. */
  readonly nonce: string;
  /** Whether the page has a script. */
  readonly script?: boolean | undefined;
  /** Where else its images may come from. */
  readonly images?: readonly string[];
}

/**
 * A page for people, that nothing may frame, keep or add to. `form-action` is left out on purpose: browsers apply it to
 * every redirect that follows a form, so it would stop the way back to the application, and on from there.
 */
export function htmlReply(status: number, html: string, { nonce, script, images = [] }: PageOptions): Reply {
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(script === true ? [`script-src 'nonce-${nonce}'`] : []),
    ["img-src data:", ...images].join(" "),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return new Reply(status, html, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy.join("; "),
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
}

/** A refusal that the person at the browser has to see, as a page. */
export class HtmlError extends ApiError {
  override readonly status: number;
  readonly #page: Reply;

  constructor(message: string, page: Reply) {
    super(message);
    this.status = page.status;
    this.#page = page;
  }

  override body(): unknown {
    return this.#page.body;
  }

  override headers(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(this.#page.headers).map(([name, value]) => [name, String(value)]),
    );
  }
}

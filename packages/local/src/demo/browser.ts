/** A page, or the redirect away from the tenant that a browser was sent to. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly html: string;
}

const MOST_REDIRECTS = 10;

/** As much of a browser as signing in needs: it keeps cookies, follows redirects of one site and sends forms. */
export class Browser {
  readonly #site: string;
  readonly #cookies = new Map<string, string>();

  /** @param site origin that it stays on: a redirect away from it ends the way and is what the caller gets */
  constructor(site: string) {
    this.#site = site;
  }

  async open(url: URL): Promise<Page> {
    return this.#go(url, { method: "GET" });
  }

  /** Fills in the form of a page and sends it. */
  async submit(page: Page, values: Readonly<Record<string, string>>): Promise<Page> {
    const action = /<form method="post" action="([^"]+)"/.exec(page.html)?.[1];
    const [, name, value] = /<input type="hidden" name="([^"]+)" value="([^"]+)"/.exec(page.html) ?? [];
    if (action === undefined || name === undefined || value === undefined) {
      throw new Error(`No form to fill in at ${page.url.href} (status ${page.status}).`);
    }
    const body = new URLSearchParams({ [name]: value, ...values });
    return this.#go(new URL(action.replaceAll("&amp;", "&"), page.url), { method: "POST", body });
  }

  async #go(url: URL, first: RequestInit): Promise<Page> {
    let at = url;
    let init = first;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      if (at.origin !== this.#site) return { url: at, status: 302, html: "" };
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const answer = await fetch(at, {
        ...init,
        redirect: "manual",
        headers: cookie === "" ? {} : { cookie },
      });
      for (const line of answer.headers.getSetCookie()) this.#keep(line);
      const location = answer.headers.get("location");
      if (location === null) return { url: at, status: answer.status, html: await answer.text() };
      at = new URL(location, at);
      init = { method: "GET" };
    }
    throw new Error(`More than ${MOST_REDIRECTS} redirects, the last to ${at.href}`);
  }

  #keep(line: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (line.includes("Max-Age=0")) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

import { z } from "zod";
import type { TenantReaders } from "@ai-api-access/local/recovery/clients.ts";
import { ask, refusal, type Answer } from "./http.ts";

const listSchema = z.array(z.unknown());

/** Reads from one API, each path once. Nothing here can write. */
export class TenantApi {
  /** Scheme, host and the path before every path, such as `https://acme.us.auth0.com/api/v2`. */
  readonly base: string;
  readonly #authorization: string;
  readonly #answers = new Map<string, Promise<Answer>>();

  constructor(base: string, authorization: string) {
    this.base = base;
    this.#authorization = authorization;
  }

  /** The answer of whatever status. */
  get(path: string): Promise<Answer> {
    const earlier = this.#answers.get(path);
    if (earlier !== undefined) return earlier;
    const answer = ask(`${this.base}${path}`, { headers: { authorization: this.#authorization } });
    this.#answers.set(path, answer);
    return answer;
  }

  /**
   * The body of an answer of 200, a list with all its pages; `undefined` where the vendor says 404.
   *
   * @throws TenantError for every other answer, and for none
   */
  readonly read = async (path: string): Promise<unknown> => {
    const answer = await this.get(path);
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw refusal(`GET ${this.base}${path}`, answer);
    const { body } = answer;
    const list = listSchema.safeParse(body).data;
    const next = list && nextPage(path, list.length, answer.headers);
    if (list === undefined || next === undefined) return body;
    return [...list, ...listSchema.parse((await this.read(next)) ?? [])];
  };
}

/** Both tenants of a stack. */
export interface TenantApis {
  readonly auth0: TenantApi;
  readonly okta: TenantApi;
}

/** The same, as those who look for resources read them. */
export function readersOf({ auth0, okta }: TenantApis): TenantReaders {
  return { auth0: auth0.read, okta: okta.read };
}

/**
 * Where a list goes on. Okta docs: `Link: <…>; rel="next"`. Auth0 docs: pages are numbered from 0, and a full one may
 * not be the last.
 */
function nextPage(path: string, length: number, headers: Headers): string | undefined {
  const link = /<([^>]+)>;\s*rel="next"/.exec(headers.get("link") ?? "")?.[1];
  if (link !== undefined) {
    const { pathname, search } = new URL(link);
    return `${pathname.replace(/^\/api\/v\d+/, "")}${search}`;
  }
  const size = /[?&]per_page=(\d+)/.exec(path)?.[1];
  if (size === undefined || length < Number(size)) return undefined;
  const page = Number(/[?&]page=(\d+)/.exec(path)?.[1] ?? 0) + 1;
  return `${path.replace(/&page=\d+/, "")}&page=${String(page)}`;
}

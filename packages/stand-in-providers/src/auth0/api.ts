import { ApiError } from "../http/errors.ts";
import { query } from "../http/escape.ts";
import { answerOf, objectsAt, textAt } from "../http/json.ts";
import type { Json, JsonObject } from "../http/json.ts";
import { send } from "../http/send.ts";
import { asObject } from "../table/resource.ts";
import type { Auth0Config } from "./config.ts";
import { auth0Retry } from "./retry.ts";
import { tokenSource } from "./token.ts";

type Query = Parameters<typeof query>[0];

/** The Management API, as far as the official plugin uses it. Paths begin after `/api/v2`. */
export class Auth0Api {
  readonly #config: Auth0Config;
  readonly #token: () => Promise<string>;

  constructor(config: Auth0Config) {
    this.#config = config;
    this.#token = tokenSource(config);
  }

  /** `https://localhost:4443` */
  get origin(): string {
    return this.#config.origin;
  }

  /** Sends a request and answers its JSON; `null` for an empty answer. Throws `ApiError` on a refusal. */
  async send(method: string, path: string, body?: Json): Promise<Json> {
    const headers = { authorization: `Bearer ${await this.#token()}`, "content-type": "application/json" };
    const response = await send(
      {
        method,
        url: new URL(`/api/v2${path}`, this.#config.origin),
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
      auth0Retry(),
    );
    const json = answerOf(response.text);
    if (response.status < 300) return json;
    throw new ApiError({
      status: response.status,
      message: textAt(json, "message") ?? textAt(json, "error") ?? "no message",
      code: textAt(json, "errorCode"),
      request: `${method} /api/v2${path}`,
    });
  }

  async get(path: string, parameters: Query = {}): Promise<Json> {
    return this.send("GET", `${path}${query(parameters)}`);
  }

  async getObject(path: string, parameters: Query = {}): Promise<JsonObject> {
    return asObject(await this.get(path, parameters), `GET ${path}`);
  }

  /** Sends a request that answers an object. */
  async sendObject(method: string, path: string, body: Json): Promise<JsonObject> {
    return asObject(await this.send(method, path, body), `${method} ${path}`);
  }

  /** All items of a list that is paged by number; `key` is the list's name in an answer with totals. */
  async pagesByNumber(path: string, key: string, parameters: Query = {}): Promise<JsonObject[]> {
    const items: JsonObject[] = [];
    for (let page = 0; ; page += 1) {
      const answer = await this.get(path, { include_totals: true, page, per_page: 100, ...parameters });
      const found = objectsAt(answer, key);
      items.push(...found);
      const total =
        typeof answer === "object" && answer !== null && "total" in answer ? Number(answer.total) : 0;
      if (found.length === 0 || items.length >= total) return items;
    }
  }

  /** All items of a list that names its next page (checkpoint pagination). */
  async pagesByCheckpoint(path: string, key: string, parameters: Query = {}): Promise<JsonObject[]> {
    const items: JsonObject[] = [];
    for (let from: string | undefined; ;) {
      const answer = await this.get(path, { ...parameters, from });
      items.push(...objectsAt(answer, key));
      from = textAt(answer, "next");
      if (from === undefined || from === "") return items;
    }
  }
}

/** What the SDK of the official plugin asks of every checkpoint list. */
export const CHECKPOINT: Query = { include_totals: true, per_page: 50, take: 100 };

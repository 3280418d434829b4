import { ApiError } from "../http/errors.ts";
import { query } from "../http/escape.ts";
import { answerOf, objectsAt, textAt } from "../http/json.ts";
import type { Json, JsonObject } from "../http/json.ts";
import { send } from "../http/send.ts";
import { asObject } from "../table/resource.ts";
import type { OktaConfig } from "./config.ts";
import { oktaRetry } from "./retry.ts";

/** The Okta API, as far as the official plugin uses it. */
export class OktaApi {
  readonly #config: OktaConfig;
  #organization: Promise<Json> | undefined;

  constructor(config: OktaConfig) {
    this.#config = config;
  }

  /** The credential check that the official plugin makes twice, once for each of the SDKs that it is built on. */
  async checkCredentials(): Promise<void> {
    await this.get("/api/v1/users/me");
    await this.get("/api/v1/users/me");
  }

  /** Whose org this is; asked once. The official plugin wants to know whether it is a classic org. */
  organization(): Promise<Json> {
    this.#organization ??= this.get("/.well-known/okta-organization").catch((): Json => {
      this.#organization = undefined;
      return null;
    });
    return this.#organization;
  }

  /** Sends a request and answers its JSON; `null` for an empty answer. Throws `ApiError` on a refusal. */
  async send(method: string, path: string, body?: Json): Promise<Json> {
    const response = await send(
      {
        method,
        url: new URL(path, this.#config.origin),
        headers: {
          authorization: `SSWS ${this.#config.apiToken}`,
          accept: "application/json",
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
      oktaRetry(),
    );
    const json = answerOf(response.text);
    if (response.status < 300) return json;
    const causes = objectsAt(json, "errorCauses").map((cause) => textAt(cause, "errorSummary") ?? "");
    throw new ApiError({
      status: response.status,
      message: [textAt(json, "errorSummary") ?? "no message", ...causes].filter((text) => text).join("; "),
      code: textAt(json, "errorCode"),
      request: `${method} ${path}`,
    });
  }

  get(path: string, parameters: Parameters<typeof query>[0] = {}): Promise<Json> {
    return this.send("GET", `${path}${query(parameters)}`);
  }

  async getObject(path: string): Promise<JsonObject> {
    return asObject(await this.get(path), `GET ${path}`);
  }

  async sendObject(method: string, path: string, body: Json): Promise<JsonObject> {
    return asObject(await this.send(method, path, body), `${method} ${path}`);
  }
}

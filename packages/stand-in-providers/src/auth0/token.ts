import { ApiError } from "../http/errors.ts";
import { parseJson, textAt, valueAt } from "../http/json.ts";
import { send } from "../http/send.ts";
import type { HttpResponse } from "../http/send.ts";
import type { Auth0Config } from "./config.ts";

/** Renew a token this long before it ends, in milliseconds. */
const MARGIN = 10_000;

/** Answers a Management API token: the configured one, or one fetched at the first need and kept until it ends. */
export function tokenSource(config: Auth0Config): () => Promise<string> {
  const { credentials } = config;
  if (credentials.kind === "token") return () => Promise.resolve(credentials.token);
  let current: { token: Promise<string>; ends: number } | undefined;
  return () => {
    if (current === undefined || Date.now() > current.ends) {
      const fetched = fetchToken(config, credentials);
      const held = { token: fetched.then(({ token }) => token), ends: Number.POSITIVE_INFINITY };
      current = held;
      fetched.then(
        ({ lifetime }) => (held.ends = Date.now() + lifetime - MARGIN),
        () => (current = undefined),
      );
    }
    return current.token;
  };
}

interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The client id and secret go as HTTP Basic first and, when that is refused, in the body, as Go's oauth2 does. */
async function fetchToken(config: Auth0Config, client: ClientCredentials) {
  const basic = Buffer.from(
    `${encodeURIComponent(client.clientId)}:${encodeURIComponent(client.clientSecret)}`,
  ).toString("base64");
  let answer = await askForToken(config, {}, { authorization: `Basic ${basic}` });
  if (answer.status >= 400) {
    answer = await askForToken(
      config,
      { client_id: client.clientId, client_secret: client.clientSecret },
      {},
    );
  }
  const body = parseJson(answer.text);
  const token = textAt(body, "access_token");
  if (answer.status >= 400 || token === undefined) {
    throw new ApiError({
      status: answer.status,
      message: textAt(body, "error_description") ?? textAt(body, "error") ?? "no access_token in the answer",
      request: "POST /oauth/token, with the configured client id and secret",
    });
  }
  const seconds = valueAt(body, "expires_in");
  return { token, lifetime: (typeof seconds === "number" ? seconds : 86_400) * 1000 };
}

function askForToken(
  config: Auth0Config,
  fields: Record<string, string>,
  headers: Record<string, string>,
): Promise<HttpResponse> {
  const form = new URLSearchParams({
    ...fields,
    audience: config.audience,
    grant_type: "client_credentials",
  });
  return send(
    {
      method: "POST",
      url: new URL("/oauth/token", config.origin),
      headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
      body: form.toString(),
    },
    () => undefined,
  );
}

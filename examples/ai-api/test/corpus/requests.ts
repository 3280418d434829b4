/** Requests that present a good token in a wrong way, or none. */
import type { Answer, Maker } from "./row.ts";

export interface BadRequest {
  readonly name: string;
  readonly make: (maker: Maker) => Request;
  readonly answer: Answer;
}

/** What is sent; by default a GET of what the good token may read. */
export interface Request {
  readonly method?: "GET" | "HEAD" | "POST" | "OPTIONS";
  readonly path?: string;
  /** Names and values in turn. */
  readonly headers?: readonly string[];
  readonly body?: string;
}

const NO_TOKEN: Answer = { status: 401 };
const INVALID_REQUEST: Answer = { status: 400, error: "invalid_request" };
const ANSWERS = "/v1/answers?question=why";
const FORM = ["content-type", "application/x-www-form-urlencoded"];

/** One Authorization header, made of a good token. */
const authorization =
  (valueOf: (token: string) => string) =>
  (maker: Maker): Request => ({ headers: ["authorization", valueOf(maker.token())] });

export const requests: readonly BadRequest[] = [
  { name: "no Authorization header", make: () => ({}), answer: NO_TOKEN },
  { name: "no Authorization header on HEAD", make: () => ({ method: "HEAD" }), answer: NO_TOKEN },
  {
    name: "no Authorization header on POST",
    make: () => ({
      method: "POST",
      path: "/v1/lessons",
      headers: ["content-type", "application/json"],
      body: "{}",
    }),
    answer: NO_TOKEN,
  },
  {
    name: "no Authorization header and a body that is no JSON",
    make: () => ({
      method: "POST",
      path: "/v1/lessons",
      headers: ["content-type", "application/json"],
      body: "{",
    }),
    answer: NO_TOKEN,
  },
  { name: "an empty Authorization header", make: authorization(() => ""), answer: NO_TOKEN },
  { name: "the token without a scheme", make: authorization((token) => token), answer: NO_TOKEN },
  { name: "Basic", make: authorization(() => "Basic dXNlcjpwYXNzd29yZA=="), answer: NO_TOKEN },
  { name: "the token under Basic", make: authorization((token) => `Basic ${token}`), answer: NO_TOKEN },
  { name: "the token under DPoP", make: authorization((token) => `DPoP ${token}`), answer: NO_TOKEN },
  { name: "the token under Token", make: authorization((token) => `Token ${token}`), answer: NO_TOKEN },
  { name: "no blank after Bearer", make: authorization((token) => `Bearer${token}`), answer: NO_TOKEN },
  {
    name: "the token in X-Authorization",
    make: (maker) => ({ headers: ["x-authorization", `Bearer ${maker.token()}`] }),
    answer: NO_TOKEN,
  },
  {
    name: "the token in Proxy-Authorization",
    make: (maker) => ({ headers: ["proxy-authorization", `Bearer ${maker.token()}`] }),
    answer: NO_TOKEN,
  },
  {
    name: "the token in a cookie",
    make: (maker) => ({ headers: ["cookie", `access_token=${maker.token()}`] }),
    answer: NO_TOKEN,
  },
  {
    name: "the token in a form",
    make: (maker) => ({
      method: "POST",
      path: "/v1/lessons",
      headers: FORM,
      body: `access_token=${maker.token()}`,
    }),
    answer: NO_TOKEN,
  },

  { name: "Bearer alone", make: authorization(() => "Bearer"), answer: INVALID_REQUEST },
  { name: "Bearer and blanks", make: authorization(() => "Bearer   "), answer: INVALID_REQUEST },
  {
    name: "Bearer with a colon",
    make: authorization((token) => `Bearer: ${token}`),
    answer: INVALID_REQUEST,
  },
  { name: "Bearer with a tab", make: authorization((token) => `Bearer\t${token}`), answer: INVALID_REQUEST },
  {
    name: "Bearer with an equals sign",
    make: authorization((token) => `Bearer=${token}`),
    answer: INVALID_REQUEST,
  },
  {
    name: "the token in quotes",
    make: authorization((token) => `Bearer "${token}"`),
    answer: INVALID_REQUEST,
  },
  {
    name: "a word after the token",
    make: authorization((token) => `Bearer ${token} realm`),
    answer: INVALID_REQUEST,
  },
  {
    name: "the token twice, with a blank",
    make: authorization((token) => `Bearer ${token} ${token}`),
    answer: INVALID_REQUEST,
  },
  {
    name: "the token twice, with a comma",
    make: authorization((token) => `Bearer ${token}, Bearer ${token}`),
    answer: INVALID_REQUEST,
  },
  {
    name: "a letter beyond ASCII in the token",
    make: authorization((token) => `Bearer ${token}é`),
    answer: INVALID_REQUEST,
  },
  {
    name: "the token percent-encoded",
    make: authorization((token) => `Bearer ${token.replaceAll(".", "%2E")}`),
    answer: INVALID_REQUEST,
  },
  {
    name: "the token as JSON serialization",
    make: authorization((token) => {
      const [header, payload, signature] = token.split(".");
      return `Bearer ${JSON.stringify({ protected: header, payload, signature })}`;
    }),
    answer: INVALID_REQUEST,
  },
  {
    name: "the same Authorization header twice",
    make: (maker) => {
      const value = `Bearer ${maker.token()}`;
      return { headers: ["authorization", value, "authorization", value] };
    },
    answer: INVALID_REQUEST,
  },
  {
    name: "a good Authorization header, then a bad one",
    make: (maker) => ({ headers: ["authorization", `Bearer ${maker.token()}`, "Authorization", "Bearer x"] }),
    answer: INVALID_REQUEST,
  },
  {
    name: "a bad Authorization header, then a good one",
    make: (maker) => ({ headers: ["AUTHORIZATION", "Bearer x", "authorization", `Bearer ${maker.token()}`] }),
    answer: INVALID_REQUEST,
  },
  {
    name: "the token in the query",
    make: (maker) => ({ path: `${ANSWERS}&access_token=${maker.token()}` }),
    answer: INVALID_REQUEST,
  },
  {
    name: "the token in the header and in the query",
    make: (maker) => ({
      path: `${ANSWERS}&access_token=${maker.token()}`,
      headers: ["authorization", `Bearer ${maker.token()}`],
    }),
    answer: INVALID_REQUEST,
  },
  {
    name: "an empty access_token in the query",
    make: (maker) => ({
      path: `${ANSWERS}&access_token=`,
      headers: ["authorization", `Bearer ${maker.token()}`],
    }),
    answer: INVALID_REQUEST,
  },
  {
    name: "the token in the header and in a form",
    make: (maker) => ({
      method: "POST",
      path: "/v1/lessons",
      headers: ["authorization", `Bearer ${maker.token()}`, ...FORM],
      body: `access_token=${maker.token()}`,
    }),
    answer: { status: 415, error: null },
  },
  {
    name: "a token longer than any header may be",
    make: authorization((token) => `Bearer ${token}${"x".repeat(20_000)}`),
    answer: { status: 431, error: null },
  },
  {
    name: "a good token for a method that is not there",
    make: (maker) => ({ method: "OPTIONS", headers: ["authorization", `Bearer ${maker.token()}`] }),
    answer: { status: 404, error: null },
  },
];

/** Requests that present a valid token in a wrong way, or none. */
import type { Request } from "../support/served.ts";

export interface BadRequest {
  readonly name: string;
  /** @param token a valid one */
  readonly make: (token: string) => Request;
  /** `undefined` is 401 with a challenge that names no error: there is no token. */
  readonly error?: "invalid_request" | "invalid_dpop_proof";
}

const header = (name: string, valueOf: (token: string) => string): BadRequest["make"] => {
  return (token) => ({ headers: [name, valueOf(token)] });
};
const authorization = (valueOf: (token: string) => string) => header("authorization", valueOf);

const withoutToken: Readonly<Record<string, BadRequest["make"]>> = {
  "no Authorization header": () => ({}),
  "no Authorization header on HEAD": () => ({ method: "HEAD" }),
  "an empty Authorization header": authorization(() => ""),
  "the token without a scheme": authorization((token) => token),
  Basic: authorization(() => "Basic dXNlcjpwYXNzd29yZA=="),
  "the token under Basic": authorization((token) => `Basic ${token}`),
  "the token under Token": authorization((token) => `Token ${token}`),
  "no blank after Bearer": authorization((token) => `Bearer${token}`),
  "the token in X-Authorization": header("x-authorization", (token) => `Bearer ${token}`),
  "the token in Proxy-Authorization": header("proxy-authorization", (token) => `Bearer ${token}`),
  "the token in a cookie": header("cookie", (token) => `access_token=${token}`),
};

const invalid: Readonly<Record<string, BadRequest["make"]>> = {
  "Bearer alone": authorization(() => "Bearer"),
  "Bearer and blanks": authorization(() => "Bearer   "),
  "Bearer with a colon": authorization((token) => `Bearer: ${token}`),
  "Bearer with a tab": authorization((token) => `Bearer\t${token}`),
  "Bearer with an equals sign": authorization((token) => `Bearer=${token}`),
  "the token in quotes": authorization((token) => `Bearer "${token}"`),
  "a word after the token": authorization((token) => `Bearer ${token} realm`),
  "the token twice, with a blank": authorization((token) => `Bearer ${token} ${token}`),
  "the token twice, with a comma": authorization((token) => `Bearer ${token}, Bearer ${token}`),
  "a letter beyond ASCII in the token": authorization((token) => `Bearer ${token}é`),
  "the token percent-encoded": authorization((token) => `Bearer ${token.replaceAll(".", "%2E")}`),
  "the token as JSON serialization": authorization((token) => {
    const [header, payload, signature] = token.split(".");
    return `Bearer ${JSON.stringify({ protected: header, payload, signature })}`;
  }),
  "the same Authorization header twice": (token) => ({
    headers: ["authorization", `Bearer ${token}`, "authorization", `Bearer ${token}`],
  }),
  "a good Authorization header, then a bad one": (token) => ({
    headers: ["authorization", `Bearer ${token}`, "Authorization", "Bearer x"],
  }),
  "a bad Authorization header, then a good one": (token) => ({
    headers: ["AUTHORIZATION", "Bearer x", "authorization", `Bearer ${token}`],
  }),
  "the token in the query": (token) => ({ path: `/?access_token=${token}` }),
  "the token in the query, its name in other letters": (token) => ({ path: `/?a=b&access%5Ftoken=${token}` }),
  "the token in the header and in the query": (token) => ({
    path: `/?access_token=${token}`,
    headers: ["authorization", `Bearer ${token}`],
  }),
  "an empty access_token in the query": (token) => ({
    path: "/?access_token=",
    headers: ["authorization", `Bearer ${token}`],
  }),
};

const withoutProof: Readonly<Record<string, BadRequest["make"]>> = {
  "the token under DPoP": authorization((token) => `DPoP ${token}`),
  "the token under DPoP with two proofs": (token) => ({
    headers: ["authorization", `DPoP ${token}`, "dpop", "a.b.c", "DPoP", "a.b.c"],
  }),
};

export const badRequests: readonly BadRequest[] = [
  ...Object.entries(withoutToken).map(([name, make]) => ({ name, make })),
  ...Object.entries(invalid).map(([name, make]) => ({ name, make, error: "invalid_request" as const })),
  ...Object.entries(withoutProof).map(([name, make]) => ({
    name,
    make,
    error: "invalid_dpop_proof" as const,
  })),
];

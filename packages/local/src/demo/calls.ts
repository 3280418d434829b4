/** The table of the demo: who calls the API with what, what should happen, and what happened. */
import { z } from "zod";
import { call, type ApiAnswer, type Operation, type RunningApi } from "./api.ts";
import { LoginRefused } from "./people.ts";

/** One line of the table. */
export interface Call {
  readonly caller: string;
  readonly does: string;
  /** A status, and the error of the challenge where there is one: `403 insufficient_scope`. */
  readonly expected: string;
  happens(): Promise<string>;
}

/** Where the tokens of the table come from. */
export interface Tokens {
  /** Of the Okta service app, by client credentials. */
  machine(...scopes: string[]): Promise<string>;
  /** Of somebody who signs in to an organization, the stack's own by default. @throws LoginRefused */
  person(email: string, organization?: string): Promise<string>;
  /** Of somebody who signs in to another application of the tenant. @throws LoginRefused */
  anotherApplication(email: string): Promise<string>;
  /** Of the Okta service app, issued so long ago that it has run out. */
  expired(): Promise<string>;
}

const REFUSED_AT_LOGIN = "refused at login: access_denied";

export function calls(api: RunningApi, tokens: Tokens, anotherOrganization: string): Call[] {
  const textOf = ({ status, error }: ApiAnswer): string =>
    error === undefined ? String(status) : `${status} ${error}`;
  const asks = (operation: Operation, token: () => Promise<string | undefined>) => async () => {
    try {
      return textOf(await call(api, operation, await token()));
    } catch (error) {
      if (error instanceof LoginRefused) return `refused at login: ${error.error}`;
      throw error;
    }
  };
  const machine =
    (...scopes: string[]) =>
    () =>
      tokens.machine(...scopes);
  const person = (email: string, organization?: string) => () => tokens.person(email, organization);

  return [
    { caller: "nobody", does: "reads without a token", expected: "401", happens: asks("read", nothing) },
    {
      caller: "Okta service app",
      does: "reads with ai:read",
      expected: "200",
      happens: asks("read", machine("ai:read")),
    },
    {
      caller: "Okta service app",
      does: "writes with ai:read alone",
      expected: "403 insufficient_scope",
      happens: asks("write", machine("ai:read")),
    },
    {
      caller: "Okta service app",
      does: "writes with ai:read and ai:write",
      expected: "201",
      happens: asks("write", machine("ai:read", "ai:write")),
    },
    {
      caller: "Ada, editor",
      does: "signs in and writes",
      expected: "201",
      happens: asks("write", person("ada@example.com")),
    },
    {
      caller: "Grace, reader",
      does: "signs in and reads",
      expected: "200",
      happens: asks("read", person("grace@example.com")),
    },
    {
      caller: "Grace, reader",
      does: "signs in and writes",
      expected: "403 insufficient_scope",
      happens: asks("write", person("grace@example.com")),
    },
    {
      caller: "Alan, no member",
      does: "signs in",
      expected: REFUSED_AT_LOGIN,
      happens: asks("read", person("alan@example.com")),
    },
    {
      caller: "another application",
      does: "asks for a token of Ada's for the API",
      expected: "refused at login: invalid_request",
      happens: asks("read", () => tokens.anotherApplication("ada@example.com")),
    },
    {
      caller: "Ada, in another organization",
      does: "reads with that organization's token",
      expected: "401 invalid_token",
      happens: asks("read", person("ada@example.com", anotherOrganization)),
    },
    {
      caller: "Okta service app",
      does: "reads with an expired token",
      expected: "401 invalid_token",
      happens: asks("read", () => tokens.expired()),
    },
    {
      caller: "a forger",
      does: "reads with scopes written into a token",
      expected: "401 invalid_token",
      happens: asks("read", async () => forged(await tokens.machine("ai:read"))),
    },
  ];
}

const nothing = (): Promise<undefined> => Promise.resolve(undefined);

/** Says that the bearer may do more, without the key that could sign it. */
function forged(token: string): string {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const claims = z.looseObject({}).parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
  const more = { ...claims, scp: ["ai:read", "ai:write"] };
  return [header, Buffer.from(JSON.stringify(more)).toString("base64url"), signature].join(".");
}

import type { Call } from "@ai-api-access/emulator-core";
import type { Client } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import type { Parameters } from "../parameters.ts";
import { authorizationCode } from "./authorization-code.ts";
import { clientCredentials } from "./client-credentials.ts";
import { refreshToken } from "./refresh-token.ts";

/** A token request whose client has proved who it is, or is one that cannot. */
export interface GrantRequest {
  readonly client: Client;
  readonly parameters: Parameters;
  readonly call: Call;
  readonly context: Auth0Context;
}

/** Gives the body of the token answer, or throws the refusal. */
export type Grant = (request: GrantRequest) => Promise<Readonly<Record<string, unknown>>>;

/** The grants that `/oauth/token` knows, by `grant_type`. */
export const GRANTS: ReadonlyMap<string, Grant> = new Map([
  ["authorization_code", authorizationCode],
  ["refresh_token", refreshToken],
  ["client_credentials", clientCredentials],
]);

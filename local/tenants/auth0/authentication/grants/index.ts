import type { Call } from "../../../kit/index.ts";
import type { Client } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import type { Parameters } from "../client-authentication.ts";
import { clientCredentials } from "./client-credentials.ts";

/** A token request whose client has proved who it is. */
export interface GrantRequest {
  readonly client: Client;
  readonly parameters: Parameters;
  readonly call: Call;
  readonly context: Auth0Context;
}

/** Gives the body of the token answer, or throws the refusal. */
export type Grant = (request: GrantRequest) => Promise<Readonly<Record<string, unknown>>>;

/** The grants that `/oauth/token` knows, by `grant_type`. */
export const GRANTS: ReadonlyMap<string, Grant> = new Map([["client_credentials", clientCredentials]]);

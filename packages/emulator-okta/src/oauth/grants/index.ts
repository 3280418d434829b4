import type { AppRecord } from "../../apps/record.ts";
import type { OktaContext } from "../../context.ts";
import type { Issuer } from "../issuer.ts";
import type { Parameters } from "../parameters.ts";
import { clientCredentials } from "./client-credentials.ts";

/** A token request whose client has proved who it is. */
export interface GrantRequest {
  readonly context: OktaContext;
  readonly issuer: Issuer;
  readonly client: AppRecord;
  readonly parameters: Parameters;
}

/** Gives the body of the token answer, or throws the refusal. */
export type Grant = (request: GrantRequest) => Promise<Readonly<Record<string, unknown>>>;

/** The grants that this stand-in's token endpoints serve, by `grant_type`. */
export const GRANTS: ReadonlyMap<string, Grant> = new Map([["client_credentials", clientCredentials]]);

import { authorizationCode } from "./authorization-code.ts";
import { clientCredentials } from "./client-credentials.ts";
import { refreshToken } from "./refresh-token.ts";
import type { GrantRequest } from "./request.ts";

/** Gives the body of the token answer, or throws the refusal. */
type Grant = (request: GrantRequest) => Promise<Readonly<Record<string, unknown>>>;

/** The grants that `/oauth/token` knows, by `grant_type`. */
export const GRANTS: ReadonlyMap<string, Grant> = new Map([
  ["authorization_code", authorizationCode],
  ["refresh_token", refreshToken],
  ["client_credentials", clientCredentials],
]);

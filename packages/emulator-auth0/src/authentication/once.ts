import { compare } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../context.ts";
import { digest } from "./secrets.ts";

/**
 * Notes that a signed message was used, by the key or client that signed it and its `jti`.
 *
 * @param until milliseconds since 1970; after that it is refused for its age
 * @returns whether it is the first time
 */
export function isFirstUse(
  { data, clock }: Auth0Context,
  { signer, jti, until }: { readonly signer: string; readonly jti: string; readonly until: number },
): boolean {
  data.usedProofs.deleteWhere(compare("expires_at", "<", clock()));
  const id = digest(`${signer} ${jti}`);
  if (data.usedProofs.has(id)) return false;
  data.usedProofs.insert({ id, expires_at: until });
  return true;
}

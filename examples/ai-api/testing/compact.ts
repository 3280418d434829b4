/** JSON Web Tokens put together by hand, so that every part of one can be wrong. */
import { type KeyObject, sign } from "node:crypto";

/** How a token is signed: from the first two parts to the third. */
export type Signer = (input: string) => string;

/** Header and payload may be anything that is JSON; a text is taken as it is. */
export function compact(header: unknown, payload: unknown, signer: Signer): string {
  const input = `${encoded(header)}.${encoded(payload)}`;
  return `${input}.${signer(input)}`;
}

export function encoded(part: unknown): string {
  return Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url");
}

/** RS256. */
export function rs256(key: KeyObject): Signer {
  return (input) => sign("sha256", Buffer.from(input), key).toString("base64url");
}

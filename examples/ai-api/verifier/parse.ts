import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from "jose";
import { TokenRefused } from "./refusal.ts";

/** A token taken apart. Nothing that it says is to be believed before its signature is verified. */
export interface ParsedToken {
  readonly header: ProtectedHeaderParameters;
  readonly claims: JWTPayload;
  /** What is signed: the first two parts as they came. */
  readonly input: Buffer;
  readonly signature: Buffer;
}

/** Three parts in base64url. The last one is checked to its last bits, so that a token has only one spelling. */
const JWT = /^([\w-]+\.[\w-]+)\.((?:[\w-]{4})*(?:[\w-]{2}[AEIMQUYcgkosw048]|[\w-][AQgw])?)$/;
/** Of both vendors' tokens, in characters; theirs are about a thousand long. */
const LONGEST = 8192;

/** @throws TokenRefused */
export function parseToken(token: string): ParsedToken {
  const [, input, signature] = token.length > LONGEST ? [] : (JWT.exec(token) ?? []);
  if (input === undefined || signature === undefined) throw new TokenRefused("not a JWT");
  try {
    return {
      header: decodeProtectedHeader(token),
      claims: decodeJwt(token),
      input: Buffer.from(input),
      signature: Buffer.from(signature, "base64url"),
    };
  } catch (cause) {
    throw new TokenRefused("not a JWT", { cause });
  }
}

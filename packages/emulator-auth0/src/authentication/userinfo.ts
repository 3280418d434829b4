import { jwtVerify } from "jose";
import { z } from "zod";
import { Reply } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { Auth0Context } from "../context.ts";
import { PROOF_ALGORITHMS, provesKey } from "./dpop.ts";
import { words } from "./parameters.ts";
import { verificationKey } from "./signing-keys.ts";
import { claimsOf } from "./tokens/id-token.ts";
import { decryptToken } from "./tokens/opaque-token.ts";

const claimsSchema = z.object({
  sub: z.string(),
  scope: z.string().default(""),
  cnf: z.object({ jkt: z.string() }).optional(),
});

/** Whose token it is, and what it may read; `undefined` for one that is not good here, or not in these hands. */
async function presented(
  context: Auth0Context,
  call: Call,
): Promise<{ sub: string; scope: string[] } | undefined> {
  const [, scheme, token] = /^(Bearer|DPoP) (\S+)$/i.exec(call.headers.authorization ?? "") ?? [];
  if (scheme === undefined || token === undefined) return undefined;
  try {
    const { sub, scope, cnf } = claimsSchema.parse(await claimsIn(context, call.origin, token));
    // RFC 9449, 7.1: a bound token is none for bearers, and any other is none for DPoP.
    const isBound = cnf !== undefined;
    if (isBound !== (scheme.toLowerCase() === "dpop")) return undefined;
    if (isBound && !(await provesKey(context, call, { token, jkt: cnf.jkt }))) return undefined;
    return { sub, scope: words(scope) };
  } catch {
    return undefined;
  }
}

async function claimsIn(context: Auth0Context, origin: string, token: string) {
  // Five parts are an encrypted token, three a signed one.
  if (token.split(".").length === 5) return decryptToken(context, origin, token);
  const { payload } = await jwtVerify(token, verificationKey(context), {
    algorithms: ["RS256", "RS512", "PS256"],
    issuer: `${origin}/`,
    audience: `${origin}/userinfo`,
    currentDate: new Date(context.clock()),
  });
  return payload;
}

function unauthorized({ headers: { authorization } }: Call): Reply {
  // RFC 6750, 3: a request without a token gets no word of an error.
  const error = authorization === undefined ? "" : ', error="invalid_token"';
  const algs = /^DPoP /i.test(authorization ?? "") ? `, algs="${PROOF_ALGORITHMS.join(" ")}"` : "";
  return new Reply(401, "Unauthorized", {
    "content-type": "text/plain; charset=utf-8",
    "www-authenticate": `${algs === "" ? "Bearer" : "DPoP"} realm="Users"${error}${algs}`,
  });
}

/** Who a token is for, as far as its scopes allow (OpenID Connect Core, 5.3). */
export const userinfoRoutes = (["GET", "POST"] as const).map((method) =>
  route({
    method,
    path: "/userinfo",
    operation: method === "GET" ? "userinfo" : "userinfo_post",
    access: "public",
    success: 200,
    asyncHandler: async ({ call }, context) => {
      const token = await presented(context, call);
      const user = token === undefined ? undefined : context.data.users.get(token.sub);
      if (token?.scope.includes("openid") !== true || user === undefined) return unauthorized(call);
      return { sub: user.user_id, ...claimsOf(user, token.scope) };
    },
  }),
);

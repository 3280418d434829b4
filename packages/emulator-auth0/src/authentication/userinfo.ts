import { jwtVerify } from "jose";
import { Reply } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { Auth0Context } from "../context.ts";
import { words } from "./parameters.ts";
import { verificationKey } from "./signing-keys.ts";
import { claimsOf } from "./tokens/id-token.ts";
import { decryptToken } from "./tokens/opaque-token.ts";

/** Whose token it is, and what it may read; `undefined` for one that is not good here. */
async function bearer(
  context: Auth0Context,
  call: Call,
): Promise<{ sub: string; scope: string[] } | undefined> {
  const token = /^Bearer (\S+)$/i.exec(call.headers.authorization ?? "")?.[1];
  if (token === undefined) return undefined;
  try {
    const { sub, scope } = await claimsIn(context, call.origin, token);
    return sub === undefined ? undefined : { sub, scope: words(typeof scope === "string" ? scope : "") };
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

function unauthorized(call: Call): Reply {
  // RFC 6750, 3: a request without a token gets no word of an error.
  const error = call.headers.authorization === undefined ? "" : ', error="invalid_token"';
  return new Reply(401, "Unauthorized", {
    "content-type": "text/plain; charset=utf-8",
    "www-authenticate": `Bearer realm="Users"${error}`,
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
      const token = await bearer(context, call);
      const user = token === undefined ? undefined : context.data.users.get(token.sub);
      if (token?.scope.includes("openid") !== true || user === undefined) return unauthorized(call);
      return { sub: user.user_id, ...claimsOf(user, token.scope) };
    },
  }),
);

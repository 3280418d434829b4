import { jwtVerify } from "jose";
import { Reply } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { Auth0Context } from "../context.ts";
import { verificationKey } from "../signing-keys.ts";
import { words } from "./parameters.ts";
import { claimsOf } from "./tokens/id-token.ts";
import { decryptToken } from "./tokens/opaque-token.ts";

/** Whose token it is, and what it may read; `undefined` for one that is not good here. */
async function bearer(
  call: Call,
  context: Auth0Context,
): Promise<{ sub: string; scope: string[] } | undefined> {
  const token = /^Bearer (\S+)$/i.exec(call.headers.authorization ?? "")?.[1];
  if (token === undefined) return undefined;
  try {
    const payload =
      token.split(".").length === 5 ? await decryptToken(context, call.origin, token) : await verified();
    const scope = words(typeof payload.scope === "string" ? payload.scope : "");
    return payload.sub === undefined ? undefined : { sub: payload.sub, scope };
  } catch {
    return undefined;
  }

  async function verified() {
    const { payload } = await jwtVerify(token ?? "", verificationKey(context.db), {
      algorithms: ["RS256", "RS512", "PS256"],
      issuer: `${call.origin}/`,
      audience: `${call.origin}/userinfo`,
      currentDate: new Date(context.clock()),
    });
    return payload;
  }
}

function unauthorized(call: Call): Reply {
  // RFC 6750, 3: who brought no token is told nothing of an error.
  const error = call.headers.authorization === undefined ? "" : ', error="invalid_token"';
  return new Reply(401, "Unauthorized", {
    "content-type": "text/plain; charset=utf-8",
    "www-authenticate": `Bearer realm="Users"${error}`,
  });
}

export const userinfoRoutes = (["GET", "POST"] as const).map((method) =>
  route({
    method,
    path: "/userinfo",
    operation: method === "GET" ? "userinfo" : "userinfo_post",
    access: "public",
    success: 200,
    asyncHandler: async ({ call }, context) => {
      const token = await bearer(call, context);
      const user = token === undefined ? undefined : context.db.users.get(token.sub);
      if (token?.scope.includes("openid") !== true || user === undefined) return unauthorized(call);
      return { sub: user.user_id, ...claimsOf(user, token.scope) };
    },
  }),
);

import { Reply } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import { OAuthError } from "../errors.ts";
import { authenticateClient } from "./client-authentication.ts";
import { parametersSchema } from "./parameters.ts";
import { digest } from "./secrets.ts";
import { revokeFamily } from "./tokens/refresh-tokens.ts";

export const revokeRoutes = [
  route({
    method: "POST",
    path: "/oauth/revoke",
    operation: "revoke",
    access: "public",
    success: 200,
    body: parametersSchema,
    asyncHandler: async ({ body: parameters, call }, context) => {
      const client = await authenticateClient(context, call, parameters);
      const { token } = parameters;
      if (token === undefined)
        throw new OAuthError(400, "invalid_request", "Missing required parameter: token");
      const stored = context.db.refreshTokens.get(digest(token));
      // RFC 7009, 2.2: a token that is unknown, or somebody else's, is none that could be used by this client.
      if (stored?.client_id === client.client_id) revokeFamily(context.db, stored.family);
      return new Reply(200);
    },
  }),
];

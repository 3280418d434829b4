import { Reply } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import { authenticateClient } from "./client-authentication.ts";
import { parametersSchema, requireParameter } from "./parameters.ts";
import { digest } from "./secrets.ts";
import { revokeFamily } from "./tokens/refresh-tokens.ts";

/** The end of a refresh token before its time (RFC 7009). */
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
      const stored = context.data.refreshTokens.get(digest(requireParameter(parameters, "token")));
      // RFC 7009, 2.2: a token that is unknown, or somebody else's, is none that could be used by this client.
      if (stored?.client_id === client.client_id) revokeFamily(context, stored.family);
      return new Reply(200);
    },
  }),
];

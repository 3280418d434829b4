import { Reply } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import { OAuthError } from "../errors.ts";
import { authenticateClient } from "./client-authentication.ts";
import { provenKey } from "./dpop.ts";
import { GRANTS } from "./grants/index.ts";
import { parametersSchema, requireParameter } from "./parameters.ts";

/** Tokens for what a client has been granted (RFC 6749, 3.2). */
export const tokenRoutes = [
  route({
    method: "POST",
    path: "/oauth/token",
    operation: "token",
    access: "public",
    success: 200,
    body: parametersSchema,
    asyncHandler: async ({ body: parameters, call }, context) => {
      const type = requireParameter(parameters, "grant_type");
      const grant = GRANTS.get(type);
      if (grant === undefined) {
        throw new OAuthError(400, "unsupported_grant_type", `Unsupported grant type: ${type}`);
      }
      const client = await authenticateClient(context, call, parameters);
      if (!client.grant_types.includes(type)) {
        throw new OAuthError(403, "unauthorized_client", `Grant type '${type}' not allowed for the client.`, {
          error_uri: "https://auth0.com/docs/clients/client-grant-types",
        });
      }
      const key = await provenKey(context, call, client);
      const tokens = await grant({ client, key, parameters, call, context });
      return new Reply(200, tokens, { "cache-control": "no-store", pragma: "no-cache" });
    },
  }),
];

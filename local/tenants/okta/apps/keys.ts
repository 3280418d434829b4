import { route } from "../context.ts";
import { appParams, findApp } from "./find.ts";
import { renderClientKey } from "./jwks.ts";

/** A client's public keys; they are set with the application itself (`settings.oauthClient.jwks`). */
export const clientKeyRoutes = [
  route({
    method: "GET",
    path: "/api/v1/apps/:appId/credentials/jwks",
    operation: "listJwk",
    access: ["okta.apps.read"],
    success: 200,
    params: appParams,
    handler: ({ params }, context) => findApp(context, params.appId).keys.map(renderClientKey),
  }),
];

import { z } from "zod";
import { jsonSchema } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import { appParams, findApp, findOwnApp } from "./find.ts";

const path = "/api/v1/internal/apps/:appId/settings/oauth/idToken";

/**
 * The ID-token settings behind Okta's admin pages. Not a published API: the Terraform provider calls it for
 * the groups claim, after every creation of an application with an API token.
 */
export const idTokenRoutes = [
  route({
    method: "GET",
    path,
    operation: "getIdTokenSettings",
    access: ["okta.apps.read"],
    success: 200,
    params: appParams,
    handler: ({ params, call }, context) => {
      const app = findApp(context, params.appId);
      const { issuerMode, ...claim } = app.idToken;
      const audience = app.oauthCredentials.client_id;
      return { issuer: call.origin, orgUrl: null, customUrl: null, audience, issuerMode, ...claim };
    },
  }),
  route({
    method: "POST",
    path,
    operation: "updateIdTokenSettings",
    access: ["okta.apps.manage"],
    success: 200,
    params: appParams,
    body: z.object({ issuerMode: z.string() }).catchall(jsonSchema),
    handler: ({ params, body }, context) => {
      const app = findOwnApp(context, params.appId);
      context.data.apps.put({ ...app, idToken: body, lastUpdated: context.now() });
      const { issuerMode, ...claim } = body;
      return { issuer: null, orgUrl: null, customUrl: null, audience: null, issuerMode, ...claim };
    },
  }),
];

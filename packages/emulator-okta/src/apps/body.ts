import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core/where.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, unsupported, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { checkOauthClient, pkceByDefault } from "./checks.ts";
import type { ClientKey, StoredClientKey } from "./jwks.ts";
import { oauthClientSettingsBody, oauthCredentialsBody } from "./oauth-client.ts";
import type { OauthClientSettings } from "./oauth-client.ts";
import { appShell } from "./record.ts";
import type { AppRecord } from "./record.ts";

/** An OpenID Connect application as a request carries it, with Okta's defaults filled in. */
export const appBody = z.object({
  name: z
    .string()
    .nullish()
    .transform((value) => value ?? "oidc_client"),
  label: z.string().min(1).max(100),
  signOnMode: z.string(),
  accessibility: appShell.accessibility,
  visibility: appShell.visibility,
  profile: appShell.profile,
  credentials: z
    .object({
      userNameTemplate: appShell.userNameTemplate,
      oauthClient: oauthCredentialsBody
        .nullish()
        .transform((value) => value ?? oauthCredentialsBody.parse({})),
    })
    .nullish()
    .transform(
      (value) =>
        value ?? {
          userNameTemplate: { template: "${source.login}", type: "BUILT_IN" },
          oauthClient: oauthCredentialsBody.parse({}),
        },
    ),
  settings: z.object({
    implicitAssignment: z.boolean().nullish(),
    notes: appShell.notes,
    oauthClient: oauthClientSettingsBody,
  }),
});

/** An OpenID Connect application as a request carries it. */
export type AppBody = z.output<typeof appBody>;

/** The parts of an application that stay when it is replaced. */
type Kept = Pick<
  AppRecord,
  "id" | "status" | "created" | "lastUpdated" | "idToken" | "accessPolicyId" | "tokensEndedAt"
>;

/** Refuses what is wrong in a request, first what this stand-in cannot be asked at all. */
export function requireSound({ data }: OktaContext, body: AppBody, before?: AppRecord): void {
  if (body.name !== "oidc_client" || body.signOnMode !== "OPENID_CONNECT") {
    throw unsupported(
      "This stand-in has OpenID Connect applications only: name 'oidc_client', signOnMode 'OPENID_CONNECT'. " +
        `It got name '${body.name}', signOnMode '${body.signOnMode}'.`,
    );
  }
  const wrong = checkOauthClient(body.settings.oauthClient, body.credentials.oauthClient);
  if (wrong !== undefined) throw wrong;
  const { client_id } = body.credentials.oauthClient;
  if (before === undefined) {
    if (client_id !== undefined && data.apps.first(eq("clientId", client_id))) {
      throw alreadyExists("client_id");
    }
    return;
  }
  if (client_id !== undefined && client_id !== before.oauthCredentials.client_id) {
    throw validationFailed("client_id", "client_id: cannot be changed");
  }
  if (body.settings.oauthClient.application_type !== before.oauthClient.application_type) {
    throw validationFailed("application_type", "application_type: cannot be changed");
  }
}

/** An application as a request describes it: everything is as the request says, or as Okta defaults. */
export function recordOf(body: AppBody, kept: Kept, before?: AppRecord): AppRecord {
  const { userNameTemplate, oauthClient: credentials } = body.credentials;
  const { jwks, ...settings } = body.settings.oauthClient;
  return {
    ...kept,
    name: body.name,
    label: body.label,
    system: false,
    accessibility: body.accessibility,
    visibility: body.visibility,
    profile: body.profile,
    userNameTemplate,
    notes: body.settings.notes,
    implicitAssignment: body.settings.implicitAssignment ?? false,
    oauthCredentials: {
      autoKeyRotation: credentials.autoKeyRotation,
      client_id: credentials.client_id ?? before?.oauthCredentials.client_id ?? kept.id,
      token_endpoint_auth_method: credentials.token_endpoint_auth_method,
      pkce_required: credentials.pkce_required ?? pkceByDefault(settings.application_type),
    },
    oauthClient: { ...settings, ...impliedSettings(settings) },
    keys: (jwks?.keys ?? []).map((key) => ({ ...key, ...keyFacts(key, kept.lastUpdated, before) })),
  };
}

/** A key that was there before keeps its id and the time when it came. */
function keyFacts(
  key: ClientKey,
  now: string,
  before: AppRecord | undefined,
): Pick<StoredClientKey, "id" | "created" | "lastUpdated"> {
  const same = before?.keys.find(({ kid }) => kid !== undefined && kid !== null && kid === key.kid);
  return { id: same?.id ?? newId("clientKey"), created: same?.created ?? now, lastUpdated: now };
}

type Settings = Omit<OauthClientSettings, "jwks">;

/** What follows from other settings. Okta docs: single-page applications rotate their refresh tokens, others do not. */
function impliedSettings(settings: Settings): Partial<Settings> {
  const { refresh_token, grant_types, application_type, frontchannel_logout_uri } = settings;
  const rotating = application_type === "browser";
  const refresh = refresh_token ?? { rotation_type: rotating ? "ROTATE" : "STATIC" };
  return {
    ...(grant_types.includes("refresh_token")
      ? {
          refresh_token:
            refresh.rotation_type === "ROTATE"
              ? { ...refresh, leeway: refresh.leeway ?? 0 }
              : { rotation_type: refresh.rotation_type },
        }
      : {}),
    ...(grant_types.includes("urn:openid:params:grant-type:ciba")
      ? { backchannel_token_delivery_mode: "poll" }
      : {}),
    ...(frontchannel_logout_uri
      ? { frontchannel_logout_session_required: settings.frontchannel_logout_session_required ?? false }
      : {}),
  };
}

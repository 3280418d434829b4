import { z } from "zod";
import { withDefault } from "../body.ts";
import { newId } from "../ids.ts";
import type { ClientKey, StoredClientKey } from "./jwk.ts";
import { oauthClientSettingsBody, oauthCredentialsBody, pkceByDefault } from "./oauth-client.ts";
import type { OauthClientSettings } from "./oauth-client.ts";
import { appShell } from "./record.ts";
import type { AppRecord } from "./record.ts";

const { userNameTemplate, notes, ...shell } = appShell;
const noCredentials = oauthCredentialsBody.parse({});

/** An OpenID Connect application as a request carries it, with Okta's defaults filled in. */
export const appBody = z.object({
  name: withDefault(z.string(), "oidc_client"),
  label: z.string().min(1).max(100),
  signOnMode: z.string(),
  ...shell,
  credentials: withDefault(
    z.object({ userNameTemplate, oauthClient: withDefault(oauthCredentialsBody, noCredentials) }),
    { userNameTemplate: userNameTemplate.parse(null), oauthClient: noCredentials },
  ),
  settings: z.object({
    implicitAssignment: z.boolean().nullish(),
    notes,
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

/** An application as a request describes it: everything is as the request says, or as Okta defaults. */
export function withBody(kept: Kept, body: AppBody, before?: AppRecord): AppRecord {
  const { credentials, settings: given } = body;
  const { autoKeyRotation, client_id, token_endpoint_auth_method, pkce_required } = credentials.oauthClient;
  const { jwks, ...settings } = given.oauthClient;
  return {
    ...kept,
    name: body.name,
    label: body.label,
    accessibility: body.accessibility,
    visibility: body.visibility,
    profile: body.profile,
    system: false,
    userNameTemplate: credentials.userNameTemplate,
    notes: given.notes,
    implicitAssignment: given.implicitAssignment ?? false,
    oauthCredentials: {
      autoKeyRotation,
      client_id: client_id ?? before?.oauthCredentials.client_id ?? kept.id,
      token_endpoint_auth_method,
      pkce_required: pkce_required ?? pkceByDefault(settings.application_type),
    },
    oauthClient: { ...settings, ...impliedSettings(settings) },
    // Okta answers with keys in an order of its own (terraform-provider-okta, issue 2840), which is not published.
    keys: (jwks?.keys ?? [])
      .map((key) => ({ ...key, ...keyFacts(key, kept.lastUpdated, before) }))
      .toReversed(),
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
  const implied: Partial<Settings> = {};
  if (grant_types.includes("refresh_token")) {
    const rotation_type =
      refresh_token?.rotation_type ?? (application_type === "browser" ? "ROTATE" : "STATIC");
    implied.refresh_token =
      rotation_type === "ROTATE" ? { rotation_type, leeway: refresh_token?.leeway ?? 0 } : { rotation_type };
  }
  if (grant_types.includes("urn:openid:params:grant-type:ciba"))
    implied.backchannel_token_delivery_mode = "poll";
  if (frontchannel_logout_uri) {
    implied.frontchannel_logout_session_required = settings.frontchannel_logout_session_required ?? false;
  }
  return implied;
}

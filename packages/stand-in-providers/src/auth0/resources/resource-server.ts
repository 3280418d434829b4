import { isProperties } from "@ai-api-access/provider-kit";
import type { Plain } from "@ai-api-access/provider-kit";
import { segment } from "../../http/escape.ts";
import { count, flag, object, objects, out, text } from "../../table/property.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { collection } from "../steps.ts";

const steps = collection({ path: "/resource-servers" });
const policy = { policy: text("policy") };
const disabled = { disable: true };

/** The official plugin waits 200 ms after an update; this one does not. */
export const resourceServer: ResourceType<Auth0Api> = {
  token: "auth0:index/resourceServer:ResourceServer",
  what: "resource server",
  properties: {
    name: text("name", { autoName: true }),
    identifier: text("identifier", { required: true, replace: true, sent: "create" }),
    allowOfflineAccess: flag("allow_offline_access", { computed: true }),
    allowOnlineAccess: flag("allow_online_access", { computed: true }),
    allowOnlineAccessWithEphemeralSessions: flag("allow_online_access_with_ephemeral_sessions", {
      computed: true,
    }),
    enforcePolicies: flag("enforce_policies", { computed: true }),
    signingAlg: text("signing_alg", { computed: true }),
    signingSecret: text("signing_secret", { computed: true }),
    skipConsentForVerifiableFirstPartyClients: flag("skip_consent_for_verifiable_first_party_clients", {
      computed: true,
    }),
    subjectTypeAuthorization: object(
      "subject_type_authorization",
      {
        client: object("client", policy, { computed: true }),
        user: object("user", policy, { computed: true }),
      },
      { computed: true },
    ),
    tokenDialect: text("token_dialect", { computed: true }),
    tokenLifetime: count("token_lifetime", { computed: true }),
    tokenLifetimeForWeb: count("token_lifetime_for_web", { computed: true }),
    verificationLocation: text("verificationLocation"),
    clientId: out(text("client_id")),
    isSystem: out(flag("is_system")),
    consentPolicy: out(text("consent_policy")),
    authorizationDetails: out(
      objects("authorization_details", { disable: flag("disable"), type: text("type") }),
    ),
    tokenEncryption: out(object("token_encryption", { disable: flag("disable"), format: text("format") })),
    proofOfPossession: object(
      "proof_of_possession",
      {
        disable: flag("disable", { sent: "never" }),
        mechanism: text("mechanism"),
        required: flag("required"),
        requiredFor: text("required_for"),
      },
      { computed: true },
    ),
  },
  ...steps,

  // What is switched off is absent in Auth0 and spelled out in the state.
  async read(call) {
    const found = await steps.read(call);
    return (
      found && {
        ...found,
        consent_policy: found.consent_policy ?? "null",
        authorization_details: found.authorization_details ?? [disabled],
        token_encryption: found.token_encryption ?? disabled,
        proof_of_possession: found.proof_of_possession ?? disabled,
      }
    );
  },
  // As the official plugin does: what was switched off goes as null, in a request of its own.
  async update(call) {
    await steps.update?.(call);
    const isOff = (value: Plain | undefined) => isProperties(value) && value.disable === true;
    if (isOff(call.inputs.proofOfPossession) && !isOff(call.state.proofOfPossession)) {
      const path = `/resource-servers/${segment(call.id)}`;
      await call.api.send("PATCH", path, { proof_of_possession: null });
    }
    return undefined;
  },
  async delete(call) {
    // The Management API itself is a resource server that cannot be deleted.
    if (call.state.name !== "Auth0 Management API") await steps.delete(call);
  },
};

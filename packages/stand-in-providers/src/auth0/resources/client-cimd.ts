import { unlessGone } from "../../http/errors.ts";
import { segment } from "../../http/escape.ts";
import { textAt } from "../../http/json.ts";
import { count, flag, isEmpty, list, objectList, out, text } from "../../table/property.ts";
import type { PropertyTable } from "../../table/property.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import type { Auth0Call } from "../steps.ts";
import { metadataOf } from "./client.ts";
import { clientProperties as ofClients } from "./client-properties.ts";

/** Of those of a client, the ones that its document leaves open. */
const OPEN = [
  ...["appType", "allowedOrigins", "webOrigins", "grantTypes", "oidcConformant", "clientMetadata"],
  ...["organizationDiscoveryMethods", "requireProofOfPossession", "defaultOrganization"],
  ...["jwtConfiguration", "refreshToken", "tokenQuota"],
];
const FROM_DOCUMENT = [
  "clientId",
  "externalMetadataType",
  "externalMetadataCreatedBy",
  "jwksUri",
  "signingKeys",
];

const named = (names: readonly string[]): PropertyTable =>
  Object.fromEntries(Object.entries(ofClients).filter(([name]) => names.includes(name)));

/** What an update sends when the program no longer mentions it. */
const CLEARED: Readonly<Record<string, readonly [wire: string, value: null | readonly []]>> = {
  allowedOrigins: ["allowed_origins", []],
  webOrigins: ["web_origins", []],
  organizationDiscoveryMethods: ["organization_discovery_methods", null],
  defaultOrganization: ["default_organization", null],
  skipNonVerifiableCallbackUriConfirmationPrompt: [
    "skip_non_verifiable_callback_uri_confirmation_prompt",
    null,
  ],
  tokenQuota: ["token_quota", null],
};

const COMPUTED = { computed: true };

/** As terraform-provider-auth0 does it, `internal/auth0/client/resource_cimd.go`. */
export const clientCimd: ResourceType<Auth0Api> = {
  token: "auth0:index/clientCimd:ClientCimd",
  what: "client of a metadata document",
  properties: {
    ...named(OPEN),
    externalClientId: text("external_client_id", { required: true, replace: true, sent: "never" }),
    externalClientIdVersion: count("", { sent: "never", writeOnly: true }),
    description: text("description"),
    redirectionPolicy: text("redirection_policy", COMPUTED),
    skipNonVerifiableCallbackUriConfirmationPrompt: flag(
      "skip_non_verifiable_callback_uri_confirmation_prompt",
    ),
    ...named(FROM_DOCUMENT),
    name: out(text("name")),
    callbacks: out(list("callbacks")),
    logoUri: out(text("logo_uri")),
    isFirstParty: out(flag("is_first_party")),
    thirdPartySecurityMode: out(text("third_party_security_mode")),
    validations: out(
      objectList("validation", {
        valid: flag("valid"),
        violations: list("violations"),
        warnings: list("warnings"),
      }),
    ),
  },

  async create(call) {
    const id = textAt(await register(call), "client_id");
    if (id === undefined) throw new Error("CIMD registration response missing client_id");
    await change(call, id, call.body());
    return { id };
  },
  async read(call) {
    const client = await unlessGone(call.api.getObject(`/clients/${segment(call.id)}`));
    if (client === undefined) return undefined;
    const preview = await call.api.sendObject("POST", "/clients/cimd/preview", {
      external_client_id: client.external_client_id ?? "",
    });
    return { ...client, validation: preview.validation === undefined ? [] : [preview.validation] };
  },
  async update(call) {
    if (call.changed("externalClientIdVersion")) await register(call);
    const cleared = Object.entries(CLEARED).flatMap(([name, sent]) =>
      !isEmpty(call.state[name]) && call.inputs[name] === undefined ? [sent] : [],
    );
    await change(call, call.id, { ...call.body(), ...metadataOf(call), ...Object.fromEntries(cleared) });
    return undefined;
  },
  async delete(call) {
    await unlessGone(call.api.send("DELETE", `/clients/${segment(call.id)}`));
  },
};

function register(call: Auth0Call) {
  return call.api.sendObject("POST", "/clients/cimd/register", {
    external_client_id: call.text("externalClientId"),
  });
}

/** Nothing to say is not said. */
async function change(call: Auth0Call, id: string, body: ReturnType<Auth0Call["body"]>): Promise<void> {
  if (Object.keys(body).length > 0) await call.api.send("PATCH", `/clients/${segment(id)}`, body);
}

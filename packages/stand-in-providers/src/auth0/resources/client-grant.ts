import { segment } from "../../http/escape.ts";
import { objectsAt, textAt } from "../../http/json.ts";
import { flag, list, out, text } from "../../table/property.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { collection } from "../steps.ts";
import type { Auth0Call } from "../steps.ts";

const steps = collection({ path: "/client-grants" });
const fixed = { replace: true, sent: "create" } as const;

export const clientGrant: ResourceType<Auth0Api> = {
  token: "auth0:index/clientGrant:ClientGrant",
  what: "client grant",
  properties: {
    clientId: text("client_id", fixed),
    audience: text("audience", { ...fixed, required: true }),
    subjectType: text("subject_type", { ...fixed, computed: true }),
    defaultFor: text("default_for", fixed),
    scopes: list("scope"),
    allowAllScopes: flag("allow_all_scopes"),
    allowAnyOrganization: flag("allow_any_organization"),
    organizationUsage: text("organization_usage"),
    authorizationDetailsTypes: list("authorization_details_types"),
    isSystem: out(flag("is_system")),
  },
  ...steps,

  // A grant that is there already is taken over as it is; the next update brings its scopes in line.
  async create(call) {
    const existing = await existingGrant(call);
    return existing === undefined ? steps.create(call) : { id: existing };
  },
  async update(call) {
    const path = `/client-grants/${segment(call.id)}`;
    if (call.state.allowAllScopes === true && call.inputs.allowAllScopes !== true) {
      await call.api.send("PATCH", path, { allow_all_scopes: false, scope: [] });
    }
    await call.api.send("PATCH", path, call.body("changed"));
    return undefined;
  },
};

async function existingGrant(call: Auth0Call): Promise<string | undefined> {
  const clientId = call.inputs.clientId;
  if (typeof clientId !== "string") return undefined;
  const asked = { audience: call.text("audience"), client_id: clientId, include_totals: true, per_page: 50 };
  const grants = objectsAt(await call.api.get("/client-grants", asked), "client_grants");
  const wanted = call.inputs.subjectType ?? "client";
  const found = grants.find((grant) => (textAt(grant, "subject_type") ?? "client") === wanted);
  return textAt(found, "id");
}

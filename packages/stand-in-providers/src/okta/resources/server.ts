import { unlessGone } from "../../http/errors.ts";
import { segment } from "../../http/escape.ts";
import { out, checksumSet, text } from "../../table/property.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { OktaApi } from "../api.ts";
import { collection } from "../steps.ts";

const path = "/api/v1/authorizationServers";
const steps = collection({ path: () => path, goneIsDeleted: true, lifecycle: "before" });

export const server: ResourceType<OktaApi> = {
  token: "okta:auth/server:Server",
  what: "authorization server",
  properties: {
    name: text("name", { autoName: true }),
    description: text("description"),
    audiences: checksumSet("audiences", { required: true }),
    issuerMode: text("issuerMode", { default: "ORG_URL" }),
    credentialsRotationMode: text("credentials.signing.rotationMode", { default: "AUTO" }),
    // Written by its lifecycle calls only, and not on create.
    status: text("status", { default: "ACTIVE", sent: "never" }),
    issuer: out(text("issuer")),
    kid: out(text("credentials.signing.kid")),
    credentialsLastRotated: out(text("credentials.signing.lastRotated")),
    credentialsNextRotation: out(text("credentials.signing.nextRotation")),
  },
  ...steps,

  async delete(call) {
    await unlessGone(call.api.send("POST", `${path}/${segment(call.id)}/lifecycle/deactivate`));
    await steps.delete(call);
  },
};

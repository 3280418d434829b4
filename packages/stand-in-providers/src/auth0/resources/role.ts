import { text } from "../../table/property.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { collection } from "../steps.ts";

export const role: ResourceType<Auth0Api> = {
  token: "auth0:index/role:Role",
  what: "role",
  properties: {
    name: text("name", { autoName: true }),
    description: text("description", { default: "Managed by Pulumi" }),
  },
  ...collection({ path: "/roles", deleteBody: {} }),
};

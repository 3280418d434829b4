import { auth0Types } from "./auth0.ts";
import { oktaTypes } from "./okta.ts";
import type { ResourceType } from "./resource-type.ts";

/** Every resource type that the stack can declare, by token. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  [...Object.values(auth0Types), ...Object.values(oktaTypes)].map((type) => [type.token, type]),
);

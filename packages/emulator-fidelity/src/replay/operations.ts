import { auth0Routes } from "@ai-api-access/emulator-auth0";
import type { RouteFacts } from "@ai-api-access/emulator-core";
import { oktaRoutes } from "@ai-api-access/emulator-okta";
import type { VendorName } from "./recordings/recording.ts";

const MATCHERS = { auth0: matchersOf(auth0Routes), okta: matchersOf(oktaRoutes) };

/** The routes as patterns, those with the most literal segments first. */
function matchersOf(routes: readonly RouteFacts[]) {
  const literals = (path: string) => path.split("/").filter((segment) => !segment.startsWith(":")).length;
  return routes
    .toSorted((one, other) => literals(other.path) - literals(one.path))
    .map(({ method, path, operation }) => {
      const escaped = path.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return { method, operation, path: new RegExp(`^${escaped.replaceAll(/:\w+/g, "[^/]+")}/?$`) };
    });
}

/** The operation that serves a request; nothing when the tenant has none for it. */
export function operationOf(vendor: VendorName, method: string, path: string): string | undefined {
  const [bare = ""] = path.split("?");
  return MATCHERS[vendor].find((each) => each.method === method && each.path.test(bare))?.operation;
}

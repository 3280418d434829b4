import { auth0Routes } from "@ai-api-access/emulator-auth0";
import type { RouteFacts } from "@ai-api-access/emulator-core";
import { oktaRoutes } from "@ai-api-access/emulator-okta/routes.ts";
import type { VendorName } from "./recordings/recording.ts";

const ROUTES: Readonly<Record<VendorName, readonly RouteFacts[]>> = { auth0: auth0Routes, okta: oktaRoutes };

interface Matcher {
  readonly method: string;
  readonly path: RegExp;
  readonly operation: string;
}

const MATCHERS: Readonly<Record<VendorName, readonly Matcher[]>> = {
  auth0: matchersOf(ROUTES.auth0),
  okta: matchersOf(ROUTES.okta),
};

function matchersOf(routes: readonly RouteFacts[]): Matcher[] {
  return routes
    .map(({ method, path, operation }) => ({
      method,
      operation,
      path: patternOf(path),
      literal: literals(path),
    }))
    .toSorted((one, other) => other.literal - one.literal);
}

function patternOf(path: string): RegExp {
  const escaped = path.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll(/:\w+/g, "[^/]+")}/?$`);
}

function literals(path: string): number {
  return path.split("/").filter((segment) => !segment.startsWith(":")).length;
}

/** The operation that serves a request; nothing when the tenant has none for it. */
export function operationOf(vendor: VendorName, method: string, path: string): string | undefined {
  const [where = ""] = path.split("?");
  return MATCHERS[vendor].find((route) => route.method === method && route.path.test(where))?.operation;
}

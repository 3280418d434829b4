import { auth0Routes } from "@ai-api-access/emulator-auth0";
import type { RouteFacts } from "@ai-api-access/emulator-core";
import { oktaRoutes } from "@ai-api-access/emulator-okta/routes.ts";
import type { TenantNotes } from "./note.ts";
import { auth0Notes } from "./notes/auth0.ts";
import { oktaNotes } from "./notes/okta.ts";

/** A tenant's routes with the notes on them. */
export interface NotedTenant {
  readonly routes: readonly RouteFacts[];
  readonly notes: TenantNotes;
}

/** Both local tenants. */
export const notedTenants: readonly NotedTenant[] = [
  { routes: auth0Routes, notes: auth0Notes },
  { routes: oktaRoutes, notes: oktaNotes },
];

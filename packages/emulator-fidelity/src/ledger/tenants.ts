import { auth0Routes } from "@ai-api-access/emulator-auth0";
import { oktaRoutes } from "@ai-api-access/emulator-okta";
import type { NotedTenant } from "./notes.ts";
import { auth0Notes } from "./notes/auth0.ts";
import { oktaNotes } from "./notes/okta.ts";

/** Both local tenants. */
export const notedTenants: readonly NotedTenant[] = [
  { routes: auth0Routes, notes: auth0Notes },
  { routes: oktaRoutes, notes: oktaNotes },
];

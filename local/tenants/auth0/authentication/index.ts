import { tokenRoutes } from "./token.ts";
import { wellKnownRoutes } from "./well-known.ts";

/** The Authentication API: everything at the root of the host. */
export const authenticationRoutes = [...tokenRoutes, ...wellKnownRoutes];

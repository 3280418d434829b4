import { authorizeRoutes } from "./authorize/index.ts";
import { loginRoutes } from "./login/login.ts";
import { organizationRoutes } from "./login/organization.ts";
import { signupRoutes } from "./login/signup.ts";
import { oidcLogoutRoutes } from "./logout/oidc.ts";
import { logoutRoutes } from "./logout/v2.ts";
import { revokeRoutes } from "./revoke.ts";
import { tokenRoutes } from "./token.ts";
import { userinfoRoutes } from "./userinfo.ts";
import { wellKnownRoutes } from "./well-known.ts";

/** What people's browsers ask for. */
export const pageRoutes = [
  ...authorizeRoutes,
  ...loginRoutes,
  ...signupRoutes,
  ...organizationRoutes,
  ...logoutRoutes,
  ...oidcLogoutRoutes,
];

/** The Authentication API: everything at the root of the host. */
export const authenticationRoutes = [
  ...tokenRoutes,
  ...revokeRoutes,
  ...userinfoRoutes,
  ...wellKnownRoutes,
  ...pageRoutes,
];

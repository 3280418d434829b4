import { HOST, pattern } from "../components/checks/kinds.ts";

/** `customDomain`: the host at which the organization logs in, if it is not the tenant's own. */
export const customDomain = pattern(HOST, {
  wants: "the host name of the tenant's custom domain, without https:// and without a path",
  example: "login.example.com",
  description:
    "The host name of the Auth0 tenant's custom domain; it becomes `organizationDomain` and the issuer, and is not created",
  leftOut: "the tenant's own domain",
});

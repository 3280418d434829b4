/** What the package has for every language of Pulumi: `npm run schema` writes schema.json from it. */
export { ApiAccess } from "./auth0/api-access.ts";
export { DatabaseConnection } from "./auth0/database-connection.ts";
export { IdentityProviderConnection } from "./auth0/identity-provider-connection.ts";
export { LoginApplication } from "./auth0/login-application.ts";
export { OrganizationAccess } from "./auth0/organization-access.ts";
export { OrganizationMachine } from "./auth0/organization-machine.ts";
export { OrganizationMembers } from "./auth0/organization-members.ts";
export { OktaSignIn } from "./okta/okta-sign-in.ts";
export { ServiceApp } from "./okta/service-app.ts";

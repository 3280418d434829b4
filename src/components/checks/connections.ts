/** Connections through which people sign in. Management API, POST /api/v2/connections. */
import { z } from "zod";
import { field, type Findings, joined } from "./field.ts";
import { flag, HOST, KEPT, oneOf, pattern, text, wholeNumber } from "./kinds.ts";

/** Every Auth0 tenant has it from the start, so creating it is a conflict (409). */
export const PRE_MADE = "Username-Password-Authentication";

export const CONNECTION_NAME = /^(?=.{1,128}$)[a-zA-Z0-9](?:-[a-zA-Z0-9]|[a-zA-Z0-9])*$/;

export const only = (kinds: string, what: string) => `${what}; ${kinds} only`;

export const connectionFields = {
  strategy: pattern(/^[a-z0-9-]{1,50}$/, {
    wants: "the name of one of Auth0's strategies",
    example: "samlp",
    description: "A connection of any other strategy, with `name` and `options`",
    leftOut: "one of the above has to be there",
  }),
  displayName: text(128, {
    example: "My Awesome Company",
    description: only("enterprise connections", "What its button says"),
    leftOut: "its name",
  }),
  issuer: pattern(/^https:\/\/[^\s?#]+$/, {
    wants: "an https URL, under which /.well-known/openid-configuration is",
    example: "https://login.example.com",
    description: only("`oidc`", "The issuer of the provider's tokens"),
    leftOut: "not with `oidc`, which needs it",
  }),
  clientId: pattern(/^\S{1,500}$/, {
    wants: "the client id that the provider gave, without blanks",
    example: "0oa1a2b3c4d5e6f7g8h9",
    description: only(
      "`oidc`, `google`, `github`",
      "The client that the provider has for this tenant; its secret is in `connectionSecrets`",
    ),
    leftOut: "not with these kinds, which need it",
  }),
  passwordPolicy: oneOf(["none", "low", "fair", "good", "excellent"], {
    example: "good",
    description: only("`database`", "How strong passwords must be"),
    leftOut: "`good`",
  }),
  passwordHistory: wholeNumber(0, 24, "passwords", {
    example: "5",
    description: only("`database`", "How many of their last passwords people may not take again"),
    leftOut: "`5`",
  }),
  passwordDictionary: flag({
    example: "true",
    description: only("`database`", "Common passwords are refused"),
    leftOut: "`true`",
  }),
  passwordNoPersonalInfo: flag({
    example: "true",
    description: only("`database`", "Passwords with the person's name or email in them are refused"),
    leftOut: "`true`",
  }),
  assignMembershipOnLogin: flag({
    example: "true",
    description: "Who logs in through the connection becomes a member",
    leftOut: "`true`, unless strangers can make themselves an account there",
  }),
  isSignupEnabled: flag({
    example: "false",
    description:
      "**Anyone** may sign up and is a member then; database connections only, and only with `assignMembershipOnLogin`",
  }),
};

/**
 * What the configuration and the component take alike of an organization's link to a connection, and either may leave
 * out.
 */
export const optionalLinkFields = z
  .object({
    showAsButton: flag({
      example: "true",
      description: only("enterprise connections", "A button on the login page"),
      leftOut: KEPT,
    }),
  })
  .partial().shape;

/** Auth0: "Only database connections with assign_membership_on_login = true support is_signup_enabled = true." */
export function signUp({
  isSignupEnabled,
  assignMembershipOnLogin,
}: {
  readonly isSignupEnabled?: boolean | undefined;
  readonly assignMembershipOnLogin?: boolean | undefined;
}): Findings {
  if (isSignupEnabled !== true || assignMembershipOnLogin !== false) return undefined;
  return {
    path: ["isSignupEnabled"],
    got: "true, with assignMembershipOnLogin false",
    wants: "false, or assignMembershipOnLogin true: who signs up becomes a member by logging in",
    example: "assignMembershipOnLogin: true",
  };
}

/** The words of a connection that would have the name of the pre-made one. */
export const TAKEN = {
  wants: "a name that is still free: every tenant starts with this one, so it cannot be created",
  example: "my-awesome-company-users",
};

export const connectionName = pattern(CONNECTION_NAME, {
  wants: "1 to 128 letters, digits and single hyphens between them",
  example: "my-awesome-company-users",
});

const isFree = ({ name }: { readonly name?: string | undefined }): Findings =>
  name === PRE_MADE ? { path: ["name"], ...TAKEN } : undefined;

export const databaseConnectionInputs = joined(
  z.object({
    name: connectionName,
    passwordPolicy: connectionFields.passwordPolicy.optional(),
    passwordHistory: connectionFields.passwordHistory.optional(),
  }),
  isFree,
);

export const identityProviderConnectionInputs = joined(
  z.object({
    name: connectionName,
    strategy: connectionFields.strategy,
    displayName: connectionFields.displayName.optional(),
    clientId: connectionFields.clientId.optional(),
    issuer: connectionFields.issuer.optional(),
  }),
  isFree,
);

const host = pattern(HOST, {
  wants: "a host name, without https:// and without a path",
  example: "acme.okta.com",
});

export const oktaSignInInputs = z.object({
  connectionName,
  displayName: connectionFields.displayName,
  oktaDomain: host,
  auth0Domains: field(z.array(host).min(1), {
    wants: "a list of at least one host name",
    example: "[acme.us.auth0.com]",
  }),
});

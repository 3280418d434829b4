/** The kinds of connections, and which fields each of them takes. */

/** Auth0's strategy for connections that keep their users in the tenant's own database. */
export const DATABASE = "auth0";

/** The key that says what a connection is; its value is the connection's name, of `strategy` the strategy. */
export const KINDS = ["database", "existing", "okta", "oidc", "google", "github", "strategy"] as const;
export type Kind = (typeof KINDS)[number];

const PASSWORDS = ["passwordPolicy", "passwordHistory", "passwordDictionary", "passwordNoPersonalInfo"];

/** Fields that not every kind takes. */
export const FIELDS: Readonly<Record<Kind, readonly string[]>> = {
  database: [...PASSWORDS, "isSignupEnabled", "deleteWithStack"],
  existing: ["isSignupEnabled", "openToAnyone", "showAsButton"],
  okta: ["displayName", "groups", "showAsButton"],
  oidc: ["displayName", "issuer", "clientId", "openToAnyone", "showAsButton"],
  google: ["clientId", "openToAnyone"],
  github: ["clientId", "openToAnyone"],
  strategy: ["name", "displayName", "options", "openToAnyone", "showAsButton"],
};

/** Fields without which a kind means nothing. */
export const NEEDED: Readonly<Record<Kind, readonly string[]>> = {
  database: [],
  existing: [],
  okta: ["groups"],
  oidc: ["issuer", "clientId"],
  google: ["clientId"],
  github: ["clientId"],
  strategy: ["name"],
};

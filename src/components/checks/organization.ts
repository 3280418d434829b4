/** An Auth0 Organization. Auth0 docs, "Create Organizations"; Management API, POST /api/v2/organizations. */
import { z } from "zod";
import { discoveryDomains } from "./discovery-domains.ts";
import { field, type Findings, joined } from "./field.ts";
import { connectionFields, connectionName, optionalLinkFields, signUp } from "./connections.ts";
import { KEPT, oneOf, pattern, text, wholeNumber } from "./kinds.ts";

const color = (description: string) =>
  pattern(/^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/, {
    wants: "a hex color in quotes: # and 3 or 6 hex digits",
    example: '"#0000FF"',
    description: `${description}; both colors or none`,
    leftOut: KEPT,
  });

const isTooLong = (key: string) => key.length > 255;

const METADATA = {
  wants:
    "at most 25 entries, each key and each value text of at most 255 characters (a number or true goes in quotes)",
  example: '{ plan: "pro" }',
};

export const organizationFields = {
  name: pattern(/^[a-z0-9_-]{1,50}$/, {
    wants: "1 to 50 lower-case letters, digits, - and _",
    example: "my-awesome-company",
    description: "Its name in requests and tokens, unique in the tenant",
  }),
  displayName: text(255, {
    example: "My Awesome Company",
    description: "Its name as people see it",
  }),
  logoUrl: field(
    z.string().refine((value) => URL.canParse(value) && /^https:\/\/\S+$/.test(value)),
    {
      wants: "an https URL (browsers refuse an http image on the login page)",
      example: "https://example.com/logo.png",
      description: "The logo on the login page",
      leftOut: KEPT,
    },
  ),
  primaryColor: color("The color of buttons on the login page"),
  pageBackgroundColor: color("The background of the login page"),
  discoveryDomains,
};

/** What the configuration and the component take alike, and either may leave out. */
export const optionalOrganizationFields = z
  .object({
    metadata: field(
      z
        .record(z.string(), field(z.string().max(255), METADATA))
        .refine((entries) => Object.keys(entries).length <= 25 && !Object.keys(entries).some(isTooLong)),
      {
        ...METADATA,
        description: "What applications are to know about it. `{}` takes all entries away",
        leftOut: KEPT,
      },
    ),
    thirdPartyClientAccess: oneOf(["allow", "block"], {
      example: "block",
      description:
        "Whether people may log in to it through third-party applications, also with those of `connections` that the stack creates",
      leftOut: KEPT,
    }),
  })
  .partial().shape;

const tokens = (example: string, description: string) =>
  wholeNumber(1, 2_147_483_647, "tokens", { example, description, leftOut: "no limit" });

export const tokensPerDay = tokens("1000", "How many a day");
export const tokensPerHour = tokens("100", "How many an hour");

interface Colors {
  readonly primaryColor?: string | undefined;
  readonly pageBackgroundColor?: string | undefined;
}

export function bothColors({ primaryColor, pageBackgroundColor }: Colors): Findings {
  if ((primaryColor === undefined) === (pageBackgroundColor === undefined)) return undefined;
  const missing = primaryColor === undefined ? "primaryColor" : "pageBackgroundColor";
  const given = primaryColor === undefined ? "pageBackgroundColor" : "primaryColor";
  return {
    path: [missing],
    got: `nothing, with ${given} ${JSON.stringify(primaryColor ?? pageBackgroundColor)}`,
    wants: "both colors, or none (Auth0 takes no single one)",
    example: `${missing}: "${missing === "primaryColor" ? "#0000FF" : "#FFFFFF"}"`,
  };
}

const link = joined(
  z.object({
    name: connectionName,
    assignMembershipOnLogin: connectionFields.assignMembershipOnLogin.optional(),
    isSignupEnabled: connectionFields.isSignupEnabled.optional(),
    ...optionalLinkFields,
  }),
  signUp,
);

export const organizationAccessInputs = joined(
  z.object({
    name: organizationFields.name,
    displayName: organizationFields.displayName,
    logoUrl: organizationFields.logoUrl.optional(),
    primaryColor: organizationFields.primaryColor.optional(),
    pageBackgroundColor: organizationFields.pageBackgroundColor.optional(),
    ...optionalOrganizationFields,
    connections: field(z.array(link).min(1).max(10), {
      wants: "a list of 1 to 10 connections",
      example: "[{ name: my-awesome-company-users, connectionId: con_… }]",
    }),
    discoveryDomains: discoveryDomains.optional(),
    tokensPerDay: tokensPerDay.optional(),
    tokensPerHour: tokensPerHour.optional(),
  }),
  bothColors,
);

/** `organization`: the Auth0 Organization. Auth0 docs, "Create Organizations"; Management API, POST /api/v2/organizations. */
import { z } from "zod";
import { field, joined } from "./field.ts";
import { KEPT, pattern, text } from "./kinds.ts";

const color = (description: string) =>
  pattern(/^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/, {
    wants: "a hex color in quotes: # and 3 or 6 hex digits",
    example: '"#0000FF"',
    description: `${description}; both colors or none`,
    leftOut: KEPT,
  }).optional();

const branding = joined(
  z.strictObject({
    logoUrl: field(
      z.string().refine((value) => URL.canParse(value) && /^https:\/\/\S+$/.test(value)),
      {
        wants: "an https URL (browsers refuse an http image on the login page)",
        example: "https://example.com/logo.png",
        description: "The logo on the login page",
        leftOut: KEPT,
      },
    ).optional(),
    primaryColor: color("The color of buttons on the login page"),
    pageBackgroundColor: color("The background of the login page"),
  }),
  ({ primaryColor, pageBackgroundColor }) => {
    if ((primaryColor === undefined) === (pageBackgroundColor === undefined)) return undefined;
    const missing = primaryColor === undefined ? "primaryColor" : "pageBackgroundColor";
    const given = primaryColor === undefined ? "pageBackgroundColor" : "primaryColor";
    return {
      path: [missing],
      got: `nothing, with ${given} ${JSON.stringify(primaryColor ?? pageBackgroundColor)}`,
      wants: "both colors, or none (Auth0 takes no single one)",
      example: `${missing}: "${missing === "primaryColor" ? "#0000FF" : "#FFFFFF"}"`,
    };
  },
);

const isTooLong = (key: string) => key.length > 255;

const METADATA = {
  wants:
    "at most 25 entries, each key and each value text of at most 255 characters (a number or true goes in quotes)",
  example: '{ plan: "pro" }',
};

export const organization = field(
  z.strictObject({
    name: pattern(/^[a-z0-9_-]{1,50}$/, {
      wants: "1 to 50 lower-case letters, digits, - and _",
      example: "my-awesome-company",
      description: "Its name in requests and tokens, unique in the tenant",
    }),
    displayName: text(255, {
      example: "My Awesome Company",
      description: "Its name as people see it",
    }),
    branding: field(branding, {
      wants: "an object with logoUrl, primaryColor and pageBackgroundColor",
      example: "{ logoUrl: https://example.com/logo.png }",
      description: "How its login page looks",
      leftOut: KEPT,
    }).optional(),
    metadata: field(
      z
        .record(z.string(), field(z.string().max(255), METADATA))
        .refine((entries) => Object.keys(entries).length <= 25 && !Object.keys(entries).some(isTooLong)),
      {
        ...METADATA,
        description: "What applications are to know about it. `{}` takes all entries away",
        leftOut: KEPT,
      },
    ).optional(),
  }),
  {
    wants: "an object with name and displayName",
    example: "{ name: my-awesome-company, displayName: My Awesome Company }",
    description: "The Auth0 Organization",
  },
);

export type OrganizationConfig = z.output<typeof organization>;

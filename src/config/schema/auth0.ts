import { z } from "zod";
import { field } from "./field.ts";
import { callbackUrl, flag, oneOf, text, wholeNumber } from "./text.ts";

// Auth0 docs: "Create Organizations" and the Management API reference, POST /api/v2/organizations.
const color = field(z.string().regex(/^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/), {
  wants: "a hex color in quotes: # and 3 or 6 hex digits",
  example: '"#0000FF"',
});

const branding = field(
  z.strictObject({
    logoUrl: field(
      z.string().refine((value) => URL.canParse(value) && /^https:\/\/\S+$/.test(value)),
      {
        wants: "an https URL (browsers refuse an http image on the login page)",
        example: "https://example.com/logo.png",
      },
    ).optional(),
    primaryColor: color.optional(),
    pageBackgroundColor: color.optional(),
  }),
  {
    wants: "an object with logoUrl, primaryColor and pageBackgroundColor",
    example: "{ logoUrl: https://example.com/logo.png }",
  },
);

const METADATA_RULE = {
  wants:
    "at most 25 entries, each key and each value text of at most 255 characters (a number or true goes in quotes)",
  example: '{ plan: "pro" }',
};
const metadata = field(
  z
    .record(z.string(), field(z.string().max(255), METADATA_RULE))
    .refine(
      (entries) =>
        Object.keys(entries).length <= 25 && Object.keys(entries).every((key) => key.length <= 255),
    ),
  METADATA_RULE,
);

export const organizationSchema = field(
  z.strictObject({
    name: field(z.string().regex(/^[a-z0-9_-]{1,50}$/), {
      wants: "1 to 50 lower-case letters, digits, - and _",
      example: "my-awesome-company",
    }),
    displayName: text(255, "My Awesome Company"),
    branding: branding.optional(),
    metadata: metadata.optional(),
  }),
  {
    wants: "an object with name and displayName",
    example: "{ name: my-awesome-company, displayName: My Awesome Company }",
  },
);

// Management API reference, POST /api/v2/connections.
const CONNECTION_NAME = /^[a-zA-Z0-9](?:-[a-zA-Z0-9]|[a-zA-Z0-9])*$/;

export const connectionSchema = field(
  z.strictObject({
    name: field(z.string().max(128).regex(CONNECTION_NAME), {
      wants: "1 to 128 letters, digits and single hyphens between them",
      example: "my-awesome-company-users",
    }).optional(),
    existing: field(z.string().max(128).regex(CONNECTION_NAME), {
      wants: "the name of a connection that exists in the tenant",
      example: "Username-Password-Authentication",
    }).optional(),
    passwordPolicy: oneOf(["none", "low", "fair", "good", "excellent"], "good").optional(),
    assignMembershipOnLogin: flag(true).default(true),
    showAsButton: flag(true).optional(),
    isSignupEnabled: flag(false).default(false),
    deleteWithStack: flag(false).default(false),
  }),
  { wants: "an object with either name or existing", example: "{ name: my-awesome-company-users }" },
);

export const loginAppSchema = field(
  z.strictObject({
    name: field(z.string().regex(/^[^<>]+$/), { wants: "text without < and >", example: "AI Console" }),
    type: oneOf(["regular_web", "spa", "native"], "regular_web").default("regular_web"),
    callbacks: field(z.array(callbackUrl("https://console.example.com/callback")).min(1), {
      wants: "a list with at least one URL to which people return after login",
      example: '["https://console.example.com/callback"]',
    }),
    logoutUrls: field(z.array(callbackUrl("https://console.example.com")), {
      wants: "a list of URLs to which people return after logout",
      example: '["https://console.example.com"]',
    }).default([]),
    organizationUsage: field(z.enum(["require", "allow"]), {
      wants: "require (people must log in to an organization) or allow",
      example: "require",
    }).default("require"),
    organizationRequireBehavior: oneOf(
      ["pre_login_prompt", "post_login_prompt", "no_prompt"],
      "pre_login_prompt",
    ).optional(),
  }),
  {
    wants: "an object with name and callbacks",
    example: '{ name: AI Console, callbacks: ["https://console.example.com/callback"] }',
  },
);

// Management API reference, POST /api/v2/resource-servers. A blank inside would split one permission into
// two: scopes travel separated by blanks (RFC 6749, 3.3).
const permissionName = field(z.string().regex(/^\S{1,280}$/), {
  wants: "1 to 280 characters without blanks",
  example: "ai:read",
});

const permission = field(
  z.strictObject({
    name: permissionName,
    description: text(500, "Ask the AI").optional(),
  }),
  { wants: "an object with name and description", example: "{ name: ai:read, description: Ask the AI }" },
);

export const apiSchema = field(
  z.strictObject({
    identifier: field(z.string().regex(/^\S{1,600}$/), {
      wants:
        "1 to 600 characters without blanks, usually a URL; it becomes the audience and can never be changed in place",
      example: "https://ai.example.com",
    }),
    name: field(z.string().regex(/^[^<>]{1,200}$/), {
      wants: "1 to 200 characters without < and >",
      example: "AI API",
    }),
    permissions: field(z.array(permission).min(1).max(1000), {
      wants: "a list of 1 to 1000 permissions",
      example: "[{ name: ai:read, description: Ask the AI }]",
    }),
    tokenLifetimeSeconds: wholeNumber(1, 2_592_000, "seconds", 86_400).optional(),
  }),
  {
    wants: "an object with identifier, name and permissions",
    example: "{ identifier: https://ai.example.com, name: AI API, permissions: [{ name: ai:read }] }",
  },
);

const role = field(
  z.strictObject({
    name: text(255, "ai-reader"),
    description: text(255, "May ask the AI").optional(),
    permissions: field(z.array(permissionName).min(1), {
      wants: "a list of at least one permission of ai-api-access:api (a role without any gives nothing)",
      example: "[ai:read]",
    }),
  }),
  { wants: "an object with name and permissions", example: "{ name: ai-reader, permissions: [ai:read] }" },
);

export const rolesSchema = field(z.array(role), {
  wants: "a list of roles",
  example: "[{ name: ai-reader, permissions: [ai:read] }]",
});

const roleReference = field(text(255, "ai-reader"), {
  wants: "the name of a role, or the id of one that exists (rol_…)",
  example: "ai-reader",
});

const member = field(
  z.strictObject({
    user: field(
      z
        .string()
        .regex(/^[^\s|]+\|\S+$/)
        .max(255),
      {
        wants: "a user id: the identity provider, | and the id there",
        example: "auth0|64f0000000000000000000a1",
      },
    ).optional(),
    email: field(
      z
        .string()
        .max(320)
        .regex(/^[^\s@"\\]+@[^\s@"\\]+\.[^\s@"\\]+$/),
      {
        wants: "an email address",
        example: "ada@example.com",
      },
    ).optional(),
    roles: field(z.array(roleReference).max(50), {
      wants:
        "a list of at most 50 roles, each a name of ai-api-access:roles, the name of one that exists, or an id (rol_…)",
      example: "[ai-reader]",
    }).default([]),
  }),
  {
    wants: "an object with either user or email, and roles",
    example: "{ email: ada@example.com, roles: [ai-reader] }",
  },
);

export const membersSchema = field(z.array(member), {
  wants: "a list of people",
  example: "[{ email: ada@example.com, roles: [ai-reader] }]",
});

export const membersFileSchema = field(
  z
    .string()
    .max(1024)
    .regex(/^\S(?:.*\S)?\.(?:csv|ya?ml)$/i),
  {
    wants: "the path of a CSV or YAML file, from the folder of Pulumi.yaml",
    example: "members.csv",
  },
);

export const rosterSchema = field(
  z.strictObject({
    mode: oneOf(["additive", "authoritative"], "additive").default("additive"),
    removeAtMostPercent: wholeNumber(0, 100, "percent", 10).optional(),
    consentToRemove: wholeNumber(0, 100_000, "people", 120).optional(),
    adopt: field(z.string().regex(/^org_[A-Za-z0-9]+$/), {
      wants: "the id of the organization whose people are taken over",
      example: "org_AbCdEf1234567890",
    }).optional(),
  }),
  {
    wants: "an object with mode, removeAtMostPercent, consentToRemove and adopt",
    example: "{ mode: additive }",
  },
);

/** A host, with a port if need be, and nothing around it. */
export const HOST =
  /^(?=.{1,253}(?::|$))[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::\d{1,5})?$/;

export const customDomainSchema = field(z.string().regex(HOST), {
  wants: "the host name of the tenant's custom domain, without https:// and without a path",
  example: "login.example.com",
});

/** `organization`: the Auth0 Organization. Auth0 docs, "Create Organizations"; Management API, POST /api/v2/organizations. */
import { z } from "zod";
import { type ConnectionConfig, connectionsOf } from "./connections/index.ts";
import { connections } from "./connections/schema.ts";
import { discoveryDomains } from "./discovery-domains.ts";
import { field, joined } from "./field.ts";
import { KEPT, oneOf, pattern, text } from "./kinds.ts";
import { type MachineConfig, machines, machinesOf } from "./machines.ts";
import { type MemberConfig, members, membersOf } from "./members.ts";
import { fewInConfig, membersFile, onePlace, roster, type RosterConfig, rosterOf } from "./members-file.ts";
import { tokenQuota } from "./token-quota.ts";

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

const organizationName = pattern(/^[a-z0-9_-]{1,50}$/, {
  wants: "1 to 50 lower-case letters, digits, - and _",
  example: "my-awesome-company",
  description: "Its name in requests and tokens, unique in the tenant",
});

/** What every organization has besides its name, wherever it is written. */
export const organizationShape = {
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
  connections,
  discoveryDomains: discoveryDomains.default([]),
  members: members.default([]),
  membersFile: membersFile.optional(),
  roster: roster.optional(),
  machines: machines.default([]),
  tokenQuota: tokenQuota.optional(),
  thirdPartyClientAccess: oneOf(["allow", "block"], {
    example: "block",
    description:
      "Whether people may log in to it through third-party applications, also with those of `connections` that the stack creates",
    leftOut: KEPT,
  }).optional(),
};

const fields = z.strictObject({ name: organizationName, ...organizationShape });

export const organization = field(joined(fields, onePlace, fewInConfig), {
  wants: "an object with name, displayName and connections",
  example:
    "{ name: my-awesome-company, displayName: My Awesome Company, connections: [{ database: my-awesome-company-users }] }",
  description: "The Auth0 Organization",
  leftOut: "`organizationsFolder` has to be there",
});

/** One organization, with where it comes from. */
export interface OrganizationConfig {
  readonly name: string;
  readonly displayName: string;
  readonly branding: z.output<typeof branding> | undefined;
  readonly metadata: Readonly<Record<string, string>> | undefined;
  readonly connections: readonly ConnectionConfig[];
  readonly discoveryDomains: readonly string[];
  readonly members: readonly MemberConfig[];
  /** The people in a file instead. */
  readonly roster: RosterConfig | undefined;
  readonly machines: readonly MachineConfig[];
  readonly tokenQuota: z.output<typeof tokenQuota> | undefined;
  readonly thirdPartyClientAccess: string | undefined;
  /** Of many: what tells its resources from those of the others. Undefined for the only one. */
  readonly file: FileOf | undefined;
}

export interface FileOf {
  /** The file's name without its ending, which is the organization's name. */
  readonly name: string;
  /** What its resources were named after before. `""` for the only organization of the stack. */
  readonly formerly: string | undefined;
  readonly deleteWithStack: boolean;
}

/** `ai-api-access:organization.members`, or `organizations/acme.yaml members`. */
function within(key: string, name: string): string {
  return `${key}${key.endsWith("organization") ? "." : " "}${name}`;
}

type Parsed = Omit<z.output<typeof fields>, "name">;

/** @param key of the configuration, for messages */
export function organizationOf(name: string, parsed: Parsed, key: string, file?: FileOf): OrganizationConfig {
  const { displayName, branding: look, metadata, discoveryDomains: domains, ...rest } = parsed;
  const { tokenQuota: quota, thirdPartyClientAccess } = rest;
  return {
    ...{ name, displayName, branding: look, metadata, discoveryDomains: domains },
    ...{ tokenQuota: quota, thirdPartyClientAccess, file },
    connections: connectionsOf(parsed.connections, within(key, "connections")),
    members: membersOf(parsed.members, within(key, "members")),
    roster: rosterOf(parsed.membersFile, parsed.roster),
    machines: machinesOf(parsed.machines),
  };
}

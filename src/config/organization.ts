/** `organization`: the Auth0 Organization. Auth0 docs, "Create Organizations"; Management API, POST /api/v2/organizations. */
import { z } from "zod";
import { type ConnectionConfig, connectionsOf } from "./connections/index.ts";
import { connections } from "./connections/schema.ts";
import {
  bothColors,
  optionalOrganizationFields,
  organizationFields,
} from "../components/checks/organization.ts";
import { field, joined } from "../components/checks/field.ts";
import { KEPT } from "../components/checks/kinds.ts";
import { type MachineConfig, machines, machinesOf } from "./machines.ts";
import { type MemberConfig, members, membersOf } from "./members.ts";
import { fewInConfig, membersFile, onePlace, roster, type RosterConfig, rosterOf } from "./members-file.ts";
import { tokenQuota } from "./token-quota.ts";

const { logoUrl, primaryColor, pageBackgroundColor, displayName } = organizationFields;

const branding = joined(
  z.strictObject({
    logoUrl: logoUrl.optional(),
    primaryColor: primaryColor.optional(),
    pageBackgroundColor: pageBackgroundColor.optional(),
  }),
  bothColors,
);

/** What every organization has besides its name, wherever it is written. */
export const organizationShape = {
  displayName,
  branding: field(branding, {
    wants: "an object with logoUrl, primaryColor and pageBackgroundColor",
    example: "{ logoUrl: https://example.com/logo.png }",
    description: "How its login page looks",
    leftOut: KEPT,
  }).optional(),
  ...optionalOrganizationFields,
  connections,
  discoveryDomains: organizationFields.discoveryDomains.default([]),
  members: members.default([]),
  membersFile: membersFile.optional(),
  roster: roster.optional(),
  machines: machines.default([]),
  tokenQuota: tokenQuota.optional(),
};

const fields = z.strictObject({ name: organizationFields.name, ...organizationShape });

export const organization = field(joined(fields, onePlace, fewInConfig), {
  wants: "an object with name, displayName and connections",
  example:
    "{ name: my-awesome-company, displayName: My Awesome Company, connections: [{ database: my-awesome-company-users }] }",
  description: "The Auth0 Organization",
  leftOut: "`organizationsFolder` has to be there",
});

type Parsed = Omit<z.output<typeof fields>, "name">;

/** What is read further, each by the file of its key. */
type ReadFurther = Pick<Parsed, "connections" | "members" | "membersFile" | "roster" | "machines">;

/** One organization, with where it comes from. */
export interface OrganizationConfig extends Omit<Parsed, keyof ReadFurther> {
  readonly name: string;
  readonly connections: readonly ConnectionConfig[];
  readonly members: readonly MemberConfig[];
  /** The people in a file instead. */
  readonly roster: RosterConfig | undefined;
  readonly machines: readonly MachineConfig[];
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

/** @param key of the configuration, for messages */
export function organizationOf(name: string, parsed: Parsed, key: string, file?: FileOf): OrganizationConfig {
  const { connections, members, membersFile, roster, machines, ...rest } = parsed;
  return {
    ...{ ...rest, name, file },
    connections: connectionsOf(connections, within(key, "connections")),
    members: membersOf(members, within(key, "members")),
    roster: rosterOf(membersFile, roster),
    machines: machinesOf(machines),
  };
}

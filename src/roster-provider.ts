import * as pulumi from "@pulumi/pulumi";
import { RosterProvider } from "./components/auth0/roster-plugin.ts";
import type { StackConfig } from "./config/index.ts";
import type { Found } from "./lookups/index.ts";
import { emailToInvite } from "./lookups/people.ts";
import { namesOf, PEOPLE } from "./organization.ts";

/**
 * One for the whole stack, where anything needs it: the engine starts a process for each, of some 100 MiB.
 *
 * Earlier versions had one in each roster, in each list of people with invitations, and for the clients. The first
 * that a state has becomes this one, and the engine drops the others. What they made moves over without a replacement.
 */
export function declareRosterProvider(
  { organizations, clients }: StackConfig,
  { userIds }: Found,
): RosterProvider | undefined {
  const invited = organizations.filter(({ members }) =>
    members.some((member) => emailToInvite(member, userIds) !== undefined),
  );
  const inFiles = organizations.filter(({ roster }) => roster !== undefined);
  if (invited.length === 0 && inFiles.length === 0 && clients.length === 0) return undefined;

  const formerly = (component: string) => (organization: (typeof organizations)[number]) => {
    const [name] = namesOf(organization, PEOPLE);
    return { name, parent: pulumi.createUrn(name, `ai-api-access:auth0:${component}`) };
  };
  const aliases = [
    ...inFiles.map(formerly("OrganizationRoster")),
    ...invited.map(formerly("OrganizationMembers")),
    { name: "clients" },
  ];
  return new RosterProvider("roster", { aliases });
}

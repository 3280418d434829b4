/** What resources mean for people: who is in an organization through them, and whose access a change touches. */
import { parseUrn, shortName } from "@ai-api-access/resource-catalog";
import { readInputs } from "@ai-api-access/roster/inputs.ts";
import { NOBODY, union, type People } from "@ai-api-access/roster/people.ts";
import { readSnapshot } from "@ai-api-access/roster/snapshot.ts";
import { z } from "zod";
import type { Change } from "../shared/stack/changes.ts";

const MEMBER = "auth0:index/organizationMember:OrganizationMember";
const MEMBER_ROLE = "auth0:index/organizationMemberRole:OrganizationMemberRole";
const ROSTER = "roster:index:OrganizationRoster";

interface Holder {
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

const memberSchema = z.looseObject({ userId: z.string() });
const memberRoleSchema = z.looseObject({ userId: z.string(), roleId: z.string() });
const bagSchema = z.record(z.string(), z.json());

/** Who is in the organization through a resource, as a stack's state has it. */
export function membershipsOf({ type, inputs, outputs = {} }: Holder): People {
  if (type === MEMBER) return new Map([[memberSchema.parse(inputs).userId, new Set()]]);
  if (type === MEMBER_ROLE) {
    const { userId, roleId } = memberRoleSchema.parse(inputs);
    return new Map([[userId, new Set([roleId])]]);
  }
  if (type !== ROSTER) return NOBODY;
  const { people } = readInputs(bagSchema.parse(inputs));
  const { confirmed, unconfirmed } = readSnapshot(bagSchema.parse(outputs), people);
  return union(confirmed, unconfirmed);
}

const rosterChangesSchema = z.object({ changes: z.record(z.string(), z.string()).default({}) });

/** Lines for whose access a preview changes. */
export function accessChanges(changes: readonly Change[]): string[] {
  return changes.flatMap(({ op, type, urn, inputs }) => {
    if (type === MEMBER || type === MEMBER_ROLE) return [`${op} ${shortName(parseUrn(urn))}`];
    if (type !== ROSTER) return [];
    return Object.entries(rosterChangesSchema.parse(inputs).changes).map(([who, what]) => `${who} ${what}`);
  });
}

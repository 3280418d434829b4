import { z } from "zod";
import { newId } from "./ids.ts";

/** Okta docs, "Standard roles": the types, with the names that answers show. */
const LABELS: Readonly<Record<string, string>> = {
  API_ACCESS_MANAGEMENT_ADMIN: "API Access Management Administrator",
  APP_ADMIN: "Application Administrator",
  GROUP_MEMBERSHIP_ADMIN: "Group Membership Administrator",
  HELP_DESK_ADMIN: "Help Desk Administrator",
  ORG_ADMIN: "Organizational Administrator",
  READ_ONLY_ADMIN: "Read Only Administrator",
  REPORT_ADMIN: "Report Administrator",
  SUPER_ADMIN: "Super Administrator",
  USER_ADMIN: "Group Administrator",
};

/** Roles that can be narrowed to some groups or applications: their ids are their names in base32 (recorded answers). */
const NARROWABLE: Readonly<Record<string, string>> = {
  APP_ADMIN: "IFIFAX2BIRGUSTQ",
  GROUP_MEMBERSHIP_ADMIN: "I5JE6VKQL5GUKTKCIVJFGSCJKBPUCRCNJFHA",
  HELP_DESK_ADMIN: "JBCUYUC7IRCVGS27IFCE2SKO",
  USER_ADMIN: "KVJUKUS7IFCE2SKO",
};

/** A new assignment as a request carries it. */
export const roleBody = z.object({ type: z.enum(Object.keys(LABELS)) });

/** What is stored of an assignment, besides whose it is. */
export const roleRecord = z.object({
  id: z.string(),
  type: z.string(),
  status: z.string(),
  created: z.string(),
  lastUpdated: z.string(),
});

type RoleRecord = z.output<typeof roleRecord>;

/** An assignment that begins at `now`. */
export function newRole(type: string, now: string): RoleRecord {
  return { id: NARROWABLE[type] ?? newId("role"), type, status: "ACTIVE", created: now, lastUpdated: now };
}

/** An assignment as answers show it. */
export function renderRole(role: RoleRecord, assignmentType: "USER" | "CLIENT", assignee: string) {
  const { id, ...others } = role;
  return {
    id,
    label: LABELS[role.type] ?? role.type,
    ...others,
    assignmentType,
    _links: { assignee: { href: assignee } },
  };
}

/** The inputs of the roster: as the program gives them, and as the engine stores them. */
import { createHash } from "node:crypto";
import { isProperties, isUnknown, UNKNOWN } from "@ai-api-access/provider-kit";
import type { PlainProperties, Properties } from "@ai-api-access/provider-kit";
import type { RoleIds } from "./declaration.ts";
import { textsIn } from "./invitations.ts";
import type { Inviter } from "./invitations.ts";
import { upgraded } from "./old-states.ts";
import { NOBODY, readPeople, writePeople } from "./people.ts";
import type { Emails, People } from "./people.ts";
import type { Mode } from "./plan.ts";

export interface Inputs {
  /** Undefined while a preview does not know it yet. */
  readonly organizationId: string | undefined;
  readonly mode: Mode;
  readonly membersFile: string;
  /** The folder that the file is looked for in. It is not stored, since it differs from machine to machine. */
  readonly membersFolder: string;
  /** Percent, and people. */
  readonly removeAtMostPercent: number | undefined;
  readonly consentToRemove: number | undefined;
  /** In the program's inputs the roles of the stack, in stored ones those that somebody has. */
  readonly roles: RoleIds;
  /** Nobody in the program's inputs. */
  readonly people: People;
  /** Emails that were looked up. */
  readonly emails: Emails;
  /** Whom the tenant does not know: roles by email. */
  readonly invited: People;
  /**
   * Auth0's strategies with which strangers can make themselves an account that the organization takes. Not stored,
   * since they say nothing of who is declared.
   */
  readonly openStrategies: readonly string[];
  /** Undefined where nobody can be invited. */
  readonly inviter: Inviter | undefined;
}

export function readInputs(stored: PlainProperties): Inputs {
  const roles = rolesIn(stored);
  const bag = upgraded(stored, roles);
  const textAt = (key: string) => (typeof bag[key] === "string" ? bag[key] : undefined);
  const numberAt = (key: string) => (typeof bag[key] === "number" ? bag[key] : undefined);
  const members = textAt("__members");
  const invited = textAt("__invited");
  const hasInviter = textAt("clientId") !== undefined || isUnknown(bag.clientId);
  return {
    organizationId: textAt("organizationId"),
    mode: bag.mode === "authoritative" ? "authoritative" : "additive",
    membersFile: textAt("membersFile") ?? "",
    membersFolder: textAt("membersFolder") ?? ".",
    removeAtMostPercent: numberAt("removeAtMostPercent"),
    consentToRemove: numberAt("consentToRemove"),
    roles,
    ...(members === undefined ? { people: NOBODY, emails: new Map() } : readPeople(members)),
    invited: invited === undefined ? NOBODY : readPeople(invited).people,
    openStrategies: textsIn(bag.openStrategies),
    inviter: hasInviter ? { clientId: textAt("clientId"), name: textAt("inviter") ?? "" } : undefined,
  };
}

function rolesIn({ roles }: PlainProperties): RoleIds {
  if (!isProperties(roles)) return new Map();
  return new Map(
    Object.entries(roles).flatMap(([name, id]): [string, string | undefined][] =>
      typeof id === "string" ? [[name, id]] : isUnknown(id) ? [[name, undefined]] : [],
    ),
  );
}

export function writeInputs(inputs: Inputs): Properties & { readonly people: string } {
  const {
    organizationId = UNKNOWN,
    mode,
    membersFile,
    removeAtMostPercent,
    consentToRemove,
    inviter,
  } = inputs;
  const members = writePeople(inputs.people, inputs.emails);
  const invited = inputs.invited.size === 0 ? undefined : writePeople(inputs.invited);
  // So that the engine shows that something has changed, and not everybody.
  const digest = createHash("sha256")
    .update(members)
    .update(invited ?? "")
    .digest("hex")
    .slice(0, 16);
  return {
    organizationId,
    mode,
    membersFile: membersFile === "" ? undefined : membersFile,
    removeAtMostPercent,
    consentToRemove,
    roles: Object.fromEntries([...inputs.roles].map(([name, id]) => [name, id ?? UNKNOWN])),
    clientId: inviter && (inviter.clientId ?? UNKNOWN),
    inviter: inviter?.name,
    people: `${headcount(inputs)} (${digest})`,
    __members: members,
    __invited: invited,
  };
}

function headcount({ people: { size }, invited }: Inputs): string {
  const people = `${counted(size)} ${size === 1 ? "person" : "people"}`;
  return invited.size === 0 ? people : `${people}, ${counted(invited.size)} invited`;
}

/** A role by its name in the file, now or before. */
export function roleNames(...all: readonly Inputs[]): (id: string) => string {
  const names = new Map(all.flatMap(({ roles }) => [...roles].map(([name, id]) => [id, name])));
  return (id) => names.get(id) ?? id.replace(/^\?/, "");
}

/** `10,000` */
export function counted(count: number): string {
  return count.toLocaleString("en-US");
}

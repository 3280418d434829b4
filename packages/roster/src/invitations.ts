/** Invitations of people that the tenant does not know, until they come. */
import { isProperties } from "@ai-api-access/provider-kit";
import type { Plain, PlainProperties, Properties } from "@ai-api-access/provider-kit";
import type { Invitation, InvitationTerms } from "@ai-api-access/tenant-clients";
import PQueue from "p-queue";
import { rolesOf } from "./people.ts";
import type { People } from "./people.ts";
import { Refused } from "./tenant.ts";
import type { Tenant } from "./tenant.ts";

/** Where invited people log in, and who invites them. */
export interface Inviter {
  /** Of the login application; undefined while a preview does not know it yet. */
  readonly clientId: string | undefined;
  /** What the mail calls whoever sends it. */
  readonly name: string;
}

interface Sent {
  readonly id: string;
  readonly clientId: string;
  readonly roles: ReadonlySet<string>;
}

/** Invitations that a roster has sent, by lower-case email. */
export type SentInvitations = ReadonlyMap<string, Sent>;

/** As the engine's state holds them. */
export function writeSent(sent: SentInvitations): Properties {
  if (sent.size === 0) return {};
  const sorted = [...sent].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    __invitations: Object.fromEntries(
      sorted.map(([email, { id, clientId, roles }]) => [email, { id, clientId, roles: [...roles].sort() }]),
    ),
  };
}

/** Reads what {@link writeSent} wrote. */
export function readSent({ __invitations: stored }: PlainProperties): SentInvitations {
  if (!isProperties(stored)) return new Map();
  return new Map(
    Object.entries(stored).flatMap(([email, one]): [string, Sent][] => {
      if (!isProperties(one)) return [];
      const { id, clientId, roles } = one;
      return [[email, { id: textIn(id), clientId: textIn(clientId), roles: new Set(textsIn(roles)) }]];
    }),
  );
}

/** Empty for what is not known yet. */
export function textIn(value: Plain | undefined): string {
  return typeof value === "string" ? value : "";
}

export function textsIn(list: Plain | undefined): string[] {
  return Array.isArray(list) ? list.map((item: Plain) => textIn(item)) : [];
}

/** Who is invited, with the roles: people to be invited count only by an invitation to the right application. */
export function invitedBy(sent: SentInvitations, wanted: People, clientId: string | undefined): People {
  return new Map(
    [...sent].flatMap(([email, one]) =>
      one.clientId === clientId || !wanted.has(email) ? [[email, one.roles]] : [],
    ),
  );
}

/**
 * Invites somebody, or takes over an invitation to the same that is still open: a run that was cut short may have sent
 * it, and nobody would ever withdraw it.
 *
 * @returns the id
 */
export async function inviteOnce(
  tenant: Tenant,
  organization: string,
  terms: InvitationTerms,
  { listed, now }: { readonly listed: readonly Invitation[]; readonly now: number },
): Promise<string> {
  const wanted = keyOf(terms);
  const there = listed.find((one) => one.expiresAt > now && keyOf(one) === wanted);
  return there?.id ?? tenant.invite(organization, terms);
}

function keyOf({ email, clientId, inviter, roles }: InvitationTerms): string {
  return JSON.stringify([email, clientId, inviter, [...roles].sort()]);
}

/**
 * Whether an invitation is to be kept: somebody can still accept it, or the person is there, and the next update
 * takes them over. Auth0 forgets an invitation that was accepted; to invite once more would be wrong then.
 */
export async function isKept(
  tenant: Tenant,
  organization: string,
  { id, email, now }: { readonly id: string; readonly email: string; readonly now: number },
): Promise<boolean> {
  const found = await tenant.invitation(organization, id);
  return (found !== undefined && found.expiresAt > now) || (await tenant.findUsers([email])).has(email);
}

/** How many requests are under way at most. */
const CONCURRENCY = 10;

interface BringOptions {
  readonly tenant: Tenant;
  readonly organization: string;
  readonly inviter: Inviter | undefined;
  readonly now: number;
}

export interface Brought {
  /** What is sent by now, however far it went. */
  readonly sent: SentInvitations;
  readonly refusals: readonly { readonly email: string; readonly reason: string }[];
  /** Why it stopped, if it did not try everything. */
  readonly halted: string | undefined;
}

/**
 * Withdraws what is not wanted any more, and invites who is. Never throws for what Auth0 or the network does.
 *
 * @param wanted roles by email
 */
export async function bringInvitations(
  before: SentInvitations,
  wanted: People,
  { tenant, organization, inviter: { clientId = "", name } = { clientId: "", name: "" }, now }: BringOptions,
): Promise<Brought> {
  const sent = new Map(before);
  const refusals: { email: string; reason: string }[] = [];
  let halted: string | undefined;
  const attempt = async (email: string, work: () => Promise<void>): Promise<void> => {
    if (halted !== undefined) return;
    try {
      await work();
    } catch (error) {
      if (error instanceof Refused) refusals.push({ email, reason: error.message });
      else halted ??= error instanceof Error ? error.message : String(error);
    }
  };
  const queue = new PQueue({ concurrency: CONCURRENCY });
  const each = (emails: readonly string[], work: (email: string) => Promise<void>) =>
    queue.addAll(emails.map((email) => () => attempt(email, () => work(email))));

  // Whoever is to be invited to something else has one invitation at a time.
  const fitting = fittingOf(before, wanted, clientId);
  const outdated = [...before.keys()].filter((email) => !fitting.has(email));
  await each(outdated, async (email) => {
    await tenant.withdraw(organization, sent.get(email)?.id ?? "");
    sent.delete(email);
  });
  const missing = [...wanted.keys()].filter((email) => !sent.has(email));
  if (missing.length > 0) {
    await attempt(missing.join(", "), async () => {
      const listed = await tenant.invitations(organization);
      await each(missing, async (email) => {
        const roles = rolesOf(wanted, email);
        const terms = { email, clientId, inviter: name, roles: [...roles] };
        sent.set(email, {
          id: await inviteOnce(tenant, organization, terms, { listed, now }),
          clientId,
          roles,
        });
      });
    });
  }
  return { sent, refusals, halted };
}

/** The invitations that are as they are wanted. Another name of whoever invites is not worth another mail. */
function fittingOf(sent: SentInvitations, wanted: People, clientId: string): SentInvitations {
  return new Map(
    [...sent].filter(([email, one]) => {
      const roles = wanted.get(email);
      return (
        one.clientId === clientId &&
        roles?.size === one.roles.size &&
        [...roles].every((role) => one.roles.has(role))
      );
    }),
  );
}

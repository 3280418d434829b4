/** What a change of people looks like to the person who reads a preview. */
import type { DiffResult, Properties } from "@ai-api-access/provider-kit";
import { counted, roleNames } from "./inputs.ts";
import type { Inputs } from "./inputs.ts";
import { invitedBy } from "./invitations.ts";
import type { SentInvitations } from "./invitations.ts";
import { minus, NOBODY, rolesOf, union } from "./people.ts";
import type { People } from "./people.ts";
import type { Snapshot } from "./snapshot.ts";

type Kind = "join" | "leave" | "change" | "invite" | "withdraw" | "reinvite";

interface Change {
  readonly kind: Kind;
  readonly user: string;
  /** `as ai-reader`, `had ai-editor`, `+ai-editor -ai-reader` */
  readonly words: string;
}

const VERBS: Readonly<Record<Kind, readonly [one: string, many: string]>> = {
  join: ["joins", "join"],
  leave: ["leaves", "leave"],
  change: ["changes roles", "change roles"],
  invite: ["invited", "invited"],
  withdraw: ["no longer invited", "no longer invited"],
  reinvite: ["invited again", "invited again"],
};
/** In a refresh, by the way back: who would join is gone. */
const FOUND: Readonly<Record<Kind, string>> = {
  ...{ join: "gone", leave: "new", change: "with other roles" },
  ...{ invite: "invitations gone", withdraw: "invited", reinvite: "invited to other roles" },
};
const KINDS = ["join", "leave", "change", "invite", "withdraw", "reinvite"] as const;
/** What becomes of people, and of those who are invited. */
const MEMBERS = ["join", "leave", "change"] as const;
const INVITED = ["invite", "withdraw", "reinvite"] as const;

function changesBetween(
  before: People,
  after: People,
  roleName: (id: string) => string,
  [join, leave, change]: readonly [Kind, Kind, Kind] = MEMBERS,
): Change[] {
  const names = (roles: Iterable<string>, mark = "") => [...roles].map((id) => mark + roleName(id)).sort();
  const [added, removed] = [minus(after, before), minus(before, after)];
  return [...new Set([...added.keys(), ...removed.keys()])].map((user) => {
    const [more, less] = [rolesOf(added, user), rolesOf(removed, user)];
    if (!before.has(user)) {
      return { kind: join, user, words: more.size > 0 ? `as ${names(more).join(", ")}` : "without roles" };
    }
    if (!after.has(user)) {
      return { kind: leave, user, words: `had ${less.size > 0 ? names(less).join(", ") : "no roles"}` };
    }
    return { kind: change, user, words: [...names(more, "+"), ...names(less, "-")].join(" ") };
  });
}

/** Of those who are invited; whoever has come counts as one who joins. */
function changesOfInvited(before: People, after: Inputs, roleName: (id: string) => string): Change[] {
  const come = new Set(after.emails.values());
  const others = new Map([...before].filter(([email]) => !come.has(email)));
  return changesBetween(others, after.invited, roleName, INVITED);
}

/** How many people of each kind are named. */
const SHOWN = 5;

/**
 * The first changes of each kind: `{ "joins: ada@example.com": "as ai-reader", …, "joins: and 7 more": "…" }`. They
 * stand in the inputs, since `preview --diff` prints what stands there.
 *
 * @param nameOf what to call a person
 */
export function namedChanges(before: Inputs, after: Inputs, nameOf: (user: string) => string): Properties {
  const roleName = roleNames(before, after);
  const changes = [
    ...changesBetween(before.people, after.people, roleName),
    ...changesOfInvited(before.invited, after, roleName),
  ];
  const lines: Record<string, string> = {};
  for (const kind of KINDS) {
    const [verb] = VERBS[kind];
    const those = changes.filter((change) => change.kind === kind);
    for (const { user, words } of those.slice(0, SHOWN)) lines[`${verb}: ${nameOf(user)}`] = words;
    if (those.length > SHOWN) lines[`${verb}: and ${counted(those.length - SHOWN)} more`] = "…";
  }
  return changes.length === 0 ? {} : { changes: lines };
}

/** What is known of an organization between two runs. */
export interface Known {
  readonly snapshot: Snapshot;
  readonly sent: SentInvitations;
}

/**
 * What the engine shows of a change.
 *
 * @param known what the last run knew
 * @param isRefresh whether the engine asks for the way back, from what a refresh found to what was known
 */
export function diffOf(
  before: Inputs,
  { snapshot, sent }: Known,
  after: Inputs,
  { isRefresh, named }: { readonly isRefresh: boolean; readonly named: readonly string[] },
): DiffResult {
  if (before.organizationId !== after.organizationId) {
    return { changes: [{ path: "organizationId", kind: "update", replace: true }] };
  }
  const { confirmed, unconfirmed, undeclared } = snapshot;
  const there = union(
    confirmed,
    // Nobody knows whether they are there: to be removed if they are, and to be added if they are not.
    minus(unconfirmed, after.people),
    after.mode === "authoritative" ? undeclared : NOBODY,
  );
  const roleName = roleNames(before, after);
  const invited = invitedBy(sent, after.invited, after.inviter?.clientId);
  const changes = [
    ...changesBetween(there, after.people, roleName),
    ...changesOfInvited(invited, after, roleName),
  ];
  const counts = KINDS.flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    const words = isRefresh ? FOUND[kind] : VERBS[kind][count === 1 ? 0 : 1];
    return count === 0 ? [] : `${counted(count)} ${words}`;
  });
  const becomes = isRefresh || before.mode === after.mode ? [] : [`becomes ${after.mode}`];
  const sentence = [...becomes, ...counts].join(", ");
  if (sentence === "") return { changes: [] };
  return {
    // The summary is shown in the row of the preview, the paths with `--diff`.
    summary: [sentence],
    changes: [
      { path: "people", kind: "update" },
      { path: `["${sentence}"]`, kind: "update" },
      ...named.map((key) => ({ path: `changes["${key.replaceAll('"', '\\"')}"]`, kind: "add" as const })),
    ],
  };
}

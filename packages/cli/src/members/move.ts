/** Moves people between `members` and `membersFile` in a stack's state alone: nothing is changed in the tenants. */
import { parseUrn } from "@ai-api-access/resource-catalog";
import { auth0Tenant } from "@ai-api-access/roster/auth0.ts";
import { declare, DeclarationError } from "@ai-api-access/roster/declaration.ts";
import { minus, union, type People } from "@ai-api-access/roster/people.ts";
import { readersOf } from "@ai-api-access/tenant-clients";
import { UserError } from "@ai-api-access/user-error";
import { cliOf, StoredState, without, type State, type StateResource } from "@ai-api-access/recovery";
import { resolve } from "node:path";
import { z } from "zod";
import { importFile } from "../adopt/import-file.ts";
import { importInto } from "../adopt/import.ts";
import { planAdoption, type Step } from "../adopt/plan.ts";
import { changesAhead } from "../shared/stack/changes.ts";
import { count } from "../shared/count.ts";
import type { Registration } from "../shared/program/monitor.ts";
import type { OpenedStack } from "../shared/stack/open.ts";
import { accessChanges, membershipsOf } from "./memberships.ts";

const COMPONENTS = {
  members: "ai-api-access:auth0:OrganizationMembers",
  membersFile: "ai-api-access:auth0:OrganizationRoster",
} as const;
type Key = keyof typeof COMPONENTS;

interface Move {
  readonly from: Key;
  readonly to: Key;
  /** What declares the people now. */
  readonly component: Registration;
  /** What the state has of the other key's resources, parents first. */
  readonly old: readonly StateResource[];
}

export interface MoveOptions extends OpenedStack {
  /** Asked once the plan was shown. */
  readonly confirm: () => Promise<boolean>;
  readonly say: (line: string) => void;
}

/**
 * Brings the state to the key that the configuration uses.
 *
 * @throws UserError when somebody would be left out, before anything is changed
 */
export async function move(options: MoveOptions): Promise<"moved" | "nothing" | "declined"> {
  const { stack, engine, tenants, confirm, say } = options;
  const { state } = await StoredState.read(cliOf(engine));
  const steps = await planAdoption(stack, readersOf(tenants), {
    state: new Map(state.resources.map(({ urn, id }) => [urn, id])),
    chosen: {},
  });
  const moves = movesIn(steps, state);
  for (const { from, to, component, old } of moves) {
    const people = union(...old.map(membershipsOf));
    const below = steps.filter(({ resource }) => resource.parent === component.urn);
    const declared = await declaredIn(
      below.map(({ resource }) => resource),
      options,
    );
    const names = {
      from: keyName(stack.project, component, from),
      to: keyName(stack.project, component, to),
    };
    refuseLeavers(minus(people, declared), { ...names, state });
    say(
      `${count(people.size, "person", "people")} of ${component.name}: from ` +
        `${keyName(stack.project, component, from)} to ${keyName(stack.project, component, to)}, in the state of ` +
        `stack ${stack.name} alone. Nothing is changed at Auth0.`,
    );
    say(`  - ${count(old.length, "resource")} of ${from} out of the state`);
    const imported = below.filter(({ kind }) => kind === "adopt").length;
    if (imported > 0) say(`  + ${count(imported, "resource")} of ${to} imported`);
  }
  if (moves.length === 0) {
    say(
      `Nothing to move: the state of stack ${stack.name} has nobody by another key than the configuration.`,
    );
    return "nothing";
  }
  if (!(await confirm())) return "declined";

  for (const { component } of moves) {
    const those = steps.filter(({ kind, resource }) => kind !== "adopt" || resource.parent === component.urn);
    if (those.some(({ kind }) => kind === "adopt")) await importInto(engine, importFile(those));
  }
  const stored = await StoredState.read(cliOf(engine));
  await stored.write(moved(stored.state, moves));
  const rest = accessChanges(await changesAhead(engine));
  say(
    rest.length === 0
      ? "Done. The next `pulumi up` changes nobody's access."
      : "Done, and nothing was changed at Auth0. The next `pulumi up` still would:",
  );
  for (const line of rest) say(`  ${line}`);
  return "moved";
}

function movesIn(steps: readonly Step[], { resources }: State): Move[] {
  return steps.flatMap(({ resource: component }): Move[] => {
    const to = keyOf(component.type);
    if (to === undefined) return [];
    const from = to === "members" ? "membersFile" : "members";
    const old = resources.filter(
      ({ type, urn }) => type === COMPONENTS[from] && parseUrn(urn).name === component.name,
    );
    for (const parent of old) old.push(...resources.filter((resource) => resource.parent === parent.urn));
    // A component without anybody is nothing to move.
    return old.length > 1 ? [{ from, to, component, old }] : [];
  });
}

/** Where the key stands: in the stack's configuration, or in the file of one organization of many. */
function keyName(project: string, { name }: Registration, key: Key): string {
  return name === "members"
    ? `${project}:organization.${key}`
    : `${key} of ${name.replace(/\.members$/, "")}`;
}

function keyOf(type: string): Key | undefined {
  if (type === COMPONENTS.members) return "members";
  return type === COMPONENTS.membersFile ? "membersFile" : undefined;
}

const rosterSchema = z.looseObject({
  membersFile: z.string(),
  membersFolder: z.string(),
  roles: z.record(z.string(), z.string()),
});

/** Everybody that the program declares, by the resources below the component. */
async function declaredIn(resources: readonly Registration[], { tenants }: MoveOptions): Promise<People> {
  const roster = resources.find(({ type }) => type.startsWith("roster:"));
  if (roster === undefined) return union(...resources.map((resource): People => membershipsOf(resource)));
  const { membersFile: name, membersFolder, roles } = rosterSchema.parse(roster.inputs);
  try {
    const { people } = await declare({
      path: resolve(membersFolder, name),
      name,
      stackRoles: new Map(Object.entries(roles)),
      known: { emails: new Map(), roles: new Map() },
      canInvite: true,
      tenant: () => auth0Tenant(tenants.auth0),
    });
    return people;
  } catch (error) {
    if (error instanceof DeclarationError) throw new UserError(error.message, { cause: error });
    throw error;
  }
}

/** How many people a message names. */
const SHOWN = 20;

function refuseLeavers(
  leavers: People,
  { from, to, state }: { readonly from: string; readonly to: string; readonly state: State },
): void {
  if (leavers.size === 0) return;
  const names = new Map(
    state.resources.flatMap(({ id, outputs: { name } }) =>
      id !== undefined && typeof name === "string" ? [[id, name] as const] : [],
    ),
  );
  const lines = [...leavers].slice(0, SHOWN).map(([user, roles]) => {
    const what = [...roles].map((role) => names.get(role) ?? role).join(", ");
    return what === "" ? `  ${user}` : `  ${user} with ${what}`;
  });
  if (leavers.size > SHOWN) lines.push(`  and ${String(leavers.size - SHOWN)} more`);
  throw new UserError([`${to} lacks what the stack has by ${from}:`, ...lines].join("\n"), {
    next: `write it into ${to} and move; then take out who is to leave, and run \`pulumi up\``,
  });
}

/** The state without the old resources, and with the new key remembered (`src/people-key.ts` of the program). */
function moved(state: State, moves: readonly Move[]): State {
  const keys = new Map(moves.map(({ component, to }) => [component.name, to]));
  const resources = state.resources.map((resource): StateResource => {
    const to = resource.type === "pulumi:index:Stash" ? keys.get(parseUrn(resource.urn).name) : undefined;
    return to === undefined
      ? resource
      : { ...resource, inputs: { input: to }, outputs: { input: to, output: to } };
  });
  const gone = new Set(moves.flatMap(({ old }) => old.map(({ urn }) => urn)));
  return without({ ...state, resources }, new Set(resources.filter(({ urn }) => gone.has(urn))));
}

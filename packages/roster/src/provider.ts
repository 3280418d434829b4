/**
 * `roster:index:OrganizationRoster`: the people of an Auth0 organization and their roles in it, as one resource. The
 * other resources of the plugin are in `./invitation.ts` and `./organization-login.ts`.
 */
import { resolve } from "node:path";
import { isProperties, ResourceInitFailed, secret, UNKNOWN } from "@ai-api-access/provider-kit";
import type * as kit from "@ai-api-access/provider-kit";
import { AUTH0_SECRETS } from "@ai-api-access/tenant-clients";
import { apply } from "./apply.ts";
import { connect } from "./auth0.ts";
import { diffOf, namedChanges } from "./changes.ts";
import type { Known } from "./changes.ts";
import { checkConsent, strangersLine } from "./consent.ts";
import { declare, DeclarationError } from "./declaration.ts";
import { createLogin, diffOfLogin, ORGANIZATION_LOGIN, readLogin } from "./organization-login.ts";
import { readInputs, roleNames, writeInputs } from "./inputs.ts";
import type { Inputs } from "./inputs.ts";
import {
  createInvitation,
  deleteInvitation,
  diffOfInvitation,
  INVITATION,
  readInvitation,
} from "./invitation.ts";
import type { InvitationOptions } from "./invitation.ts";
import { bringInvitations, isKept, readSent, writeSent } from "./invitations.ts";
import type { SentInvitations } from "./invitations.ts";
import { invitationReasons, progressOf, reasonsOf, unverifiedEmails } from "./messages.ts";
import { OLD_BASELINE } from "./old-states.ts";
import { common, minus, NOBODY, union } from "./people.ts";
import type { People } from "./people.ts";
import { changesIn, planOf } from "./plan.ts";
import { schema } from "./schema.ts";
import { EMPTY, readSnapshot, reconcile, writeSnapshot } from "./snapshot.ts";
import type { Snapshot } from "./snapshot.ts";
import { NoOrganization } from "./tenant.ts";
import type { Tenant } from "./tenant.ts";

export interface RosterOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** In place of the tenant that the provider's settings lead to. */
  readonly tenant?: Tenant;
}

/** Further mistakes are not printed: whoever has so many has one. */
const SHOWN_MISTAKES = 200;

/** The engine starts a process, and so a provider, for each run. */
export class RosterProvider implements kit.Provider {
  readonly version: string;
  readonly #engine: kit.Engine;
  readonly #now: () => number;
  /** @throws what is wrong with the settings */
  #tenant: () => Tenant;
  /** What to call people, and where they stand in the file, by user id. */
  readonly #names = new Map<string, string>();
  #places: ReadonlyMap<string, string> = new Map();
  /** Resources that were read and not checked since: the engine then asks for a diff from what was found. */
  readonly #refreshed = new Set<string>();
  /** Lists that the check of a new roster has read, for the creation that follows it at once, by organization. */
  readonly #listed = new Map<string, People>();

  constructor(engine: kit.Engine, version: string, { now = Date.now, tenant }: RosterOptions = {}) {
    this.version = version;
    this.#engine = engine;
    this.#now = now;
    this.#tenant = () => {
      if (tenant === undefined) throw new Error("the roster provider is not configured");
      return tenant;
    };
  }

  schema(): string {
    return JSON.stringify(schema(this.version));
  }

  checkConfig({ inputs }: kit.ConfigRequest): kit.CheckResult {
    const sealed = Object.entries(inputs).map(([key, value]): [string, kit.Value] => [
      key,
      AUTH0_SECRETS.some((setting) => setting === key) ? secret(value) : value,
    ]);
    return { inputs: Object.fromEntries(sealed) };
  }

  configure({ inputs }: kit.ConfigureRequest): void {
    const signal = this.#engine.cancelled;
    const onWait = (seconds: number) => {
      this.#engine.log("info", `waiting ${String(seconds)} s for Auth0's rate limit`, { ephemeral: true });
    };
    let tenant: Tenant | undefined;
    this.#tenant = () => (tenant ??= connect(inputs, { signal, onWait }));
  }

  async check({ urn, type, inputs: args, oldInputs }: kit.CheckRequest): Promise<kit.CheckResult> {
    if (type === INVITATION || type === ORGANIZATION_LOGIN) return { inputs: args };
    this.#refreshed.delete(urn);
    const [stored, inputs] = [readInputs(oldInputs), readInputs(args)];
    const { membersFile: name, membersFolder, roles: stackRoles } = inputs;
    try {
      const declaration = await declare({
        path: resolve(membersFolder, name),
        name,
        stackRoles,
        known: stored,
        openStrategies: inputs.openStrategies,
        canInvite: inputs.inviter !== undefined,
        tenant: this.#tenant,
      });
      const isNew = Object.keys(oldInputs).length === 0;
      const before = isNew ? { ...stored, people: await this.#there(inputs, declaration.people) } : stored;
      this.#places = declaration.places;
      const warning = unverifiedEmails(declaration.unverified);
      if (warning !== undefined) this.#engine.log("warning", warning, { urn });
      for (const [user, email] of [...before.emails, ...declaration.emails]) this.#names.set(user, email);
      const after = { ...inputs, ...declaration };
      return { inputs: { ...writeInputs(after), ...namedChanges(before, after, this.#nameOf) } };
    } catch (error) {
      if (!(error instanceof DeclarationError)) throw error;
      const reasons = error.mistakes.slice(0, SHOWN_MISTAKES);
      const more = error.mistakes.length - reasons.length;
      if (more > 0) reasons.push(`and ${String(more)} more mistakes`);
      // Of a property that a failure names the engine prints the value.
      return { inputs: args, failures: reasons.map((reason) => ({ property: "", reason })) };
    }
  }

  diff(request: kit.DiffRequest): kit.DiffResult {
    const { urn, type, state, oldInputs, inputs } = request;
    if (type === OLD_BASELINE) return { changes: [] };
    if (type === INVITATION) return diffOfInvitation(request);
    if (type === ORGANIZATION_LOGIN) return diffOfLogin(request);
    const before = readInputs(oldInputs);
    return diffOf(before, knownIn(state, before), readInputs(inputs), {
      isRefresh: this.#refreshed.has(urn),
      named: isProperties(inputs.changes) ? Object.keys(inputs.changes) : [],
    });
  }

  async create(request: kit.CreateRequest): Promise<kit.CreateResult> {
    const { urn, type, inputs: checked, preview } = request;
    if (type === INVITATION) return createInvitation(request, this.#invitationOptions());
    if (type === ORGANIZATION_LOGIN) return createLogin(request, this.#tenant);
    const inputs = readInputs(checked);
    if (preview) return { id: "", state: await this.#preview(urn, inputs, EMPTY) };
    const nothing = { snapshot: EMPTY, sent: new Map() };
    return { id: organizationOf(inputs), state: await this.#bring(urn, inputs, nothing) };
  }

  async update({
    urn,
    inputs: checked,
    oldInputs,
    state,
    preview,
  }: kit.UpdateRequest): Promise<kit.UpdateResult> {
    const inputs = readInputs(checked);
    const known = knownIn(state, readInputs(oldInputs));
    if (preview) return { state: await this.#preview(urn, inputs, known.snapshot) };
    return { state: await this.#bring(urn, inputs, known) };
  }

  /** Whoever of the declared is in the organization already: a new roster changes nothing for them. */
  async #there({ organizationId }: Inputs, declared: People): Promise<People> {
    if (organizationId === undefined) return NOBODY;
    try {
      const listed = await this.#list(organizationId);
      this.#listed.set(organizationId, listed);
      return common(declared, listed);
    } catch {
      // This is for a preview's words alone. What is wrong the creation reports.
      return NOBODY;
    }
  }

  /** A refresh, or an import, which takes everybody over as if they had been declared here. */
  async read(request: kit.ReadRequest): Promise<kit.ReadResult | undefined> {
    const { urn, type, id, known } = request;
    if (type === INVITATION) return readInvitation(request, this.#invitationOptions());
    if (type === ORGANIZATION_LOGIN) return readLogin(request, this.#tenant);
    if (type === OLD_BASELINE && known !== undefined) return { id, ...known };
    this.#refreshed.add(urn);
    const listed = await unlessGone(this.#list(id));
    if (listed === undefined) return undefined;
    const before = readInputs(known?.inputs ?? {});
    const last = known ? readSnapshot(known.state, before.people) : { ...EMPTY, confirmed: listed };
    const found = reconcile(last, listed, this.#now());
    const managed = union(found.confirmed, found.unconfirmed);
    const undeclared = before.mode === "authoritative" ? minus(listed, managed) : NOBODY;
    const sent = await this.#keptOf(id, readSent(known?.state ?? {}));
    const invited = new Map([...before.invited].filter(([email]) => sent.has(email)));
    const inputs = writeInputs({ ...before, organizationId: id, people: found.confirmed, invited });
    const state = { ...writeSnapshot({ ...found, undeclared }, { isInInputs: true }), ...writeSent(sent) };
    return { id, inputs, state: { organizationId: id, people: inputs.people, ...state } };
  }

  async delete(request: kit.DeleteRequest): Promise<void> {
    const { urn, type, id, oldInputs, state } = request;
    // It goes with its application.
    if (type === OLD_BASELINE || type === ORGANIZATION_LOGIN) return;
    if (type === INVITATION) return deleteInvitation(request, this.#invitationOptions());
    const before = readInputs(oldInputs);
    const none = { people: NOBODY, invited: NOBODY };
    const nobody: Inputs = { ...before, organizationId: id, mode: "additive", ...none };
    const applied = await unlessGone(this.#apply(urn, nobody, knownIn(state, before)));
    if (applied !== undefined && applied.reasons.length > 0) throw new Error(applied.reasons.join("\n"));
  }

  /** Refuses what goes too far, and names who would leave although the stack never declared them. */
  async #preview(urn: string, inputs: Inputs, { confirmed, unconfirmed }: Snapshot): Promise<kit.Properties> {
    const { organizationId, mode, people } = inputs;
    if (organizationId !== undefined && mode === "authoritative") {
      const listed = await this.#list(organizationId);
      checkConsent(inputs, listed, this.#nameOf);
      const known = union(people, confirmed, unconfirmed);
      const strangers = [...listed.keys()].filter((user) => !known.has(user));
      const line = strangersLine(strangers, this.#nameOf);
      if (line !== undefined) this.#engine.log("info", line, { urn });
    }
    return { organizationId: organizationId ?? UNKNOWN };
  }

  /** @throws ResourceInitFailed when not everything could be done: the engine then stores what was */
  async #bring(urn: string, inputs: Inputs, before: Known): Promise<kit.Properties> {
    const { snapshot, sent, reasons } = await this.#apply(urn, inputs, before);
    const [first, ...others] = reasons;
    const state = {
      organizationId: inputs.organizationId,
      people: writeInputs(inputs).people,
      ...writeSnapshot(snapshot, { isInInputs: first === undefined }),
      ...writeSent(sent),
    };
    if (first === undefined) return state;
    throw new ResourceInitFailed(organizationOf(inputs), state, [first, ...others]);
  }

  async #apply(urn: string, inputs: Inputs, before: Known) {
    const { people, invited, inviter, mode } = inputs;
    const organization = organizationOf(inputs);
    const listed = await this.#list(organization);
    if (mode === "authoritative") checkConsent(inputs, listed, this.#nameOf);
    const found = reconcile(before.snapshot, listed, this.#now(), people);
    const plan = planOf(found, people, listed, mode);
    const applied = await apply(plan, found, {
      ...{ tenant: this.#tenant(), organization, now: this.#now },
      onProgress: progressOf(this.#engine, urn, changesIn(plan), this.#now),
    });
    const placeOf = (person: string) => this.#places.get(person);
    const reasons = [...reasonsOf(applied, placeOf, roleNames(inputs))];
    const { snapshot, halted } = applied;
    if (halted !== undefined) return { snapshot, sent: before.sent, reasons };
    const brought = await bringInvitations(before.sent, invited, {
      ...{ tenant: this.#tenant(), organization, inviter, now: this.#now() },
    });
    return { snapshot, sent: brought.sent, reasons: [...reasons, ...invitationReasons(brought, placeOf)] };
  }

  /** Those that can still be accepted, or that were. */
  async #keptOf(organization: string, sent: SentInvitations): Promise<SentInvitations> {
    const { tenant, now } = this.#invitationOptions();
    const kept = new Map(sent);
    for (const [email, { id }] of sent) {
      if (!(await isKept(tenant, organization, { id, email, now }))) kept.delete(email);
    }
    return kept;
  }

  #invitationOptions(): InvitationOptions {
    return { tenant: this.#tenant(), now: this.#now() };
  }

  async #list(organization: string): Promise<People> {
    const read = this.#listed.get(organization);
    this.#listed.delete(organization);
    if (read !== undefined) return read;
    const members = await this.#tenant().members(organization);
    for (const { user, name } of members) {
      if (name !== undefined && !this.#names.has(user)) this.#names.set(user, name);
    }
    return new Map(members.map(({ user, roles }) => [user, new Set(roles.map(({ id }) => id))]));
  }

  readonly #nameOf = (user: string): string => this.#names.get(user) ?? user;
}

function knownIn(state: kit.PlainProperties, { people }: Inputs): Known {
  return { snapshot: readSnapshot(state, people), sent: readSent(state) };
}

function organizationOf({ organizationId }: Inputs): string {
  if (organizationId === undefined) throw new Error("the roster has no organizationId");
  return organizationId;
}

async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NoOrganization) return undefined;
    throw error;
  }
}

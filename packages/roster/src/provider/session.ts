/** What the resources of one run share. A run of the engine has a process of its own. */
import type { Engine, PlainProperties } from "@ai-api-access/provider-kit";
import { Management } from "../auth0/management.ts";
import { auth0Organization } from "../auth0/organization.ts";
import type { OrganizationOptions } from "../auth0/organization.ts";
import { readSettings } from "../auth0/settings.ts";
import { trustCertificateFile } from "../auth0/trust.ts";
import type { Organization, People } from "../core/organization.ts";
import { declare } from "../declaration/declaration.ts";
import type { Declaration, Memory, Source } from "../declaration/declaration.ts";

const NO_MEMORY: Memory = { emails: new Map(), roles: new Map() };

/** What may be put in place of a session's own. */
export interface SessionParts {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly organization?: (id: string, options?: OrganizationOptions) => Organization;
}

export class Session {
  readonly engine: Engine;
  readonly now: () => number;
  /** An organization. Its methods throw what is wrong with the settings. */
  readonly organization: NonNullable<SessionParts["organization"]>;
  #settings: PlainProperties = {};
  #management: Management | undefined;
  readonly #declarations = new Map<string, Promise<Declaration>>();
  readonly #people = new Map<string, Promise<People>>();
  readonly #names = new Map<string, string>();
  readonly #places = new Map<string, string>();
  readonly #records = new Set<string>();
  readonly #settled = new Map<string, number>();

  constructor(engine: Engine, { now, organization }: SessionParts = {}) {
    this.engine = engine;
    this.now = now ?? (() => Date.now());
    this.organization = organization ?? ((id, options) => auth0Organization(this.#tenant(), id, options));
  }

  configure(settings: PlainProperties): void {
    this.#settings = settings;
    this.#management = undefined;
  }

  /** The tenant, as the settings lead to it. @throws what is wrong with them */
  #tenant(): Management {
    if (this.#management === undefined) {
      const settings = readSettings(this.#settings);
      trustCertificateFile(process.env.SSL_CERT_FILE);
      this.#management = new Management(settings, {
        signal: this.engine.cancelled,
        onWait: (milliseconds) => {
          this.#waits(milliseconds);
        },
      });
    }
    return this.#management;
  }

  #waits(milliseconds: number): void {
    if (milliseconds < 2_000) return;
    const seconds = Math.ceil(milliseconds / 1000);
    this.engine.log("info", `waiting ${String(seconds)} s for Auth0's rate limit`, { ephemeral: true });
  }

  /**
   * The people of a source, read and found once a run: both resources go by the same reading.
   *
   * @throws Mistakes with everything that is wrong
   */
  async declaration(
    source: Source,
    declared: readonly string[],
    memory: Memory = NO_MEMORY,
  ): Promise<Declaration> {
    const key = JSON.stringify([source, [...declared].sort()]);
    const known = this.#declarations.get(key);
    if (known !== undefined) return known;
    const found = declare({ source, declared, memory, management: () => this.#tenant() });
    this.#declarations.set(key, found);
    const { emails, places } = await found;
    for (const [user, place] of places) this.#places.set(user, place);
    for (const [user, email] of [...memory.emails, ...emails]) this.#names.set(user, email);
    return found;
  }

  /** What to call a person: an email where one is known. */
  nameOf(user: string): string {
    return this.#names.get(user) ?? user;
  }

  /** Where a person is declared: `members.csv:3`. */
  placeOf(user: string): string | undefined {
    return this.#places.get(user);
  }

  /**
   * Who is in an organization. What one resource of the run has read the other goes by too, until something is
   * changed.
   */
  async peopleOf(id: string, options: OrganizationOptions = {}): Promise<People> {
    const key = JSON.stringify([id, options]);
    const known = this.#people.get(key);
    if (known !== undefined) return known;
    const found = this.organization(id, options).members();
    this.#people.set(key, found);
    found.catch(() => this.#people.delete(key));
    const { names } = await found;
    for (const [user, name] of names) if (!this.#names.has(user)) this.#names.set(user, name);
    return found;
  }

  forgetPeople(): void {
    this.#people.clear();
  }

  /** Notes that a record was made in this run. */
  recorded(record: string): void {
    this.#records.add(record);
  }

  isOfThisRun(record: string): boolean {
    return this.#records.has(record);
  }

  /** Notes up to which record the roster of an organization, now deleted, had done its work. */
  deleted(organization: string, settled: number): void {
    this.#settled.set(organization, settled);
  }

  deletedUpTo(organization: string): number | undefined {
    return this.#settled.get(organization);
  }
}

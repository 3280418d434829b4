/** An engine in memory that stores what the real one would, for a stack of a baseline and a roster. */
import { isProperties, isSecret, isUnknown, PartlyDone, revealed } from "@ai-api-access/provider-kit";
import type { Engine, Plain, PlainProperties, Properties, Value } from "@ai-api-access/provider-kit";
import { Halted, Refused } from "../../src/core/organization.ts";
import { baselineResource } from "../../src/provider/baseline.ts";
import type { Resource } from "../../src/provider/resource.ts";
import { rosterResource } from "../../src/provider/roster/index.ts";
import { Session } from "../../src/provider/session.ts";
import { thingsIn } from "./roster-world.ts";
import type { Declared, World } from "./roster-world.ts";

interface Stored {
  readonly id: string;
  readonly inputs: PlainProperties;
  readonly outputs: PlainProperties;
  readonly failed: boolean;
}

export type Outcome = "done" | "partly" | "failed" | "killed";

/** An engine's stack with a baseline and a roster in it. Each run has a plugin of its own. */
export class ModelStack {
  readonly #world: World;
  #baseline: Stored | undefined;
  #roster: Stored | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** Whether nothing would change. */
  async isSettled(people: Declared): Promise<boolean> {
    const { baseline, roster } = this.#plugin();
    if (this.#baseline === undefined || this.#roster === undefined || this.#roster.failed) return false;
    const args = { organizationId: "org", members: mutable(people), roles: {}, mode: "additive" };
    const first = await this.#diff(baseline, this.#baseline, args);
    const second = await this.#diff(roster, this.#roster, {
      ...args,
      baseline: this.#baseline.outputs.record ?? "",
    });
    return !first.changes && !second.changes;
  }

  async up(people: Declared): Promise<Outcome> {
    const { baseline, roster } = this.#plugin();
    const args = { organizationId: "org", members: mutable(people), roles: {}, mode: "additive" };
    const before = { record: this.#baseline?.outputs.record, things: new Set(this.#world.ofTheRoster()) };
    try {
      this.#baseline = await this.#bring(baseline, this.#baseline, args);
      const record = this.#baseline.outputs.record ?? "";
      this.#roster = await this.#bring(roster, this.#roster, { ...args, baseline: record }, (stored) => {
        this.#roster = stored;
      });
      return this.#settled("done", people);
    } catch (error) {
      if (this.#world.killed) {
        if (this.#roster !== undefined && before.record === this.#baseline?.outputs.record) {
          // The record was that of a run which had failed and said what it did. Nothing tells what this one did
          // besides, and the roster then takes it for somebody else's: that is the safe side.
          this.#world.disown((thing) => !before.things.has(thing));
        }
        // The next run can only go by what was announced.
        for (const thing of thingsIn(people))
          if (!this.#world.listed.has(thing)) this.#world.claimed.add(thing);
        return "killed";
      }
      if (error instanceof PartlyDone) return "partly";
      if (error instanceof Halted || error instanceof Refused) return "failed";
      throw error;
    }
  }

  async refresh(): Promise<void> {
    const { roster } = this.#plugin();
    const stored = this.#roster;
    if (stored === undefined) return;
    const known = { state: stored.outputs, inputs: stored.inputs };
    const found = await roster.read({ ...ABOUT, id: stored.id, known });
    if (found === undefined) throw new Error("the organization is gone");
    this.#roster = { id: stored.id, inputs: plain(found.inputs), outputs: plain(found.state), failed: false };
  }

  async destroy(): Promise<Outcome> {
    const { baseline, roster } = this.#plugin();
    try {
      if (this.#roster !== undefined) await roster.delete(deletion(this.#roster));
      this.#stillThere();
      this.#roster = undefined;
      if (this.#baseline !== undefined) await baseline.delete(deletion(this.#baseline));
      this.#stillThere();
      this.#baseline = undefined;
      return this.#settled("done", {});
    } catch {
      return this.#world.killed ? "killed" : "failed";
    }
  }

  /** What is recorded as taken away is not claimed any longer. */
  #settled(outcome: Outcome, people: Declared): Outcome {
    for (const thing of this.#world.claimed) {
      const [user = "", role] = thing.split(":");
      const kept = role === undefined ? people[user] !== undefined : people[user]?.includes(role) === true;
      if (!kept) this.#world.claimed.delete(thing);
    }
    return outcome;
  }

  /** A process that was killed has nothing to say to the engine. */
  #stillThere(): void {
    if (this.#world.killed) throw new Error("killed");
  }

  #plugin() {
    const engine: Engine = { log: () => undefined, cancelled: new AbortController().signal };
    const session = new Session(engine, {
      now: () => this.#world.now,
      organization: () => this.#world.organization,
    });
    return { baseline: baselineResource(session), roster: rosterResource(session) };
  }

  async #diff(resource: Resource, stored: Stored, args: PlainProperties) {
    const checked = await resource.check({
      ...ABOUT,
      oldInputs: stored.inputs,
      inputs: args,
      randomSeed: SEED,
    });
    if (checked.failures?.length) throw new Error(checked.failures.map(({ reason }) => reason).join("\n"));
    const inputs = plain(checked.inputs);
    const request = {
      ...ABOUT,
      id: stored.id,
      oldInputs: stored.inputs,
      state: stored.outputs,
      inputs,
      ignoreChanges: [],
    };
    return { request, inputs, changes: (await resource.diff(request)).changes.length > 0 };
  }

  async #bring(
    resource: Resource,
    stored: Stored | undefined,
    args: PlainProperties,
    partly: (stored: Stored) => void = () => undefined,
  ): Promise<Stored> {
    if (stored === undefined) {
      const checked = await resource.check({ ...ABOUT, oldInputs: {}, inputs: args, randomSeed: SEED });
      const inputs = plain(checked.inputs);
      try {
        const { id, state } = await resource.create({ ...ABOUT, inputs, preview: false });
        this.#stillThere();
        return { id, inputs, outputs: plain(state), failed: false };
      } catch (error) {
        this.#stillThere();
        // After a partial create the engine stores the new inputs, after a partial update the old ones.
        if (error instanceof PartlyDone)
          partly({ id: error.id, inputs, outputs: plain(error.state), failed: true });
        throw error;
      }
    }
    const { request, inputs, changes } = await this.#diff(resource, stored, args);
    if (!changes && !stored.failed) return { ...stored, inputs };
    try {
      const { state } = await resource.update({ ...request, preview: false });
      this.#stillThere();
      return { id: stored.id, inputs, outputs: plain(state), failed: false };
    } catch (error) {
      this.#stillThere();
      if (error instanceof PartlyDone) {
        partly({ id: stored.id, inputs: stored.inputs, outputs: plain(error.state), failed: true });
      }
      throw error;
    }
  }
}

const ABOUT = { urn: "urn:pulumi:test::test::roster:index::members", name: "members", type: "" };
const SEED = new Uint8Array();

function deletion({ id, inputs, outputs }: Stored) {
  return { ...ABOUT, id, oldInputs: inputs, state: outputs };
}

function mutable(people: Declared): PlainProperties {
  return Object.fromEntries(Object.entries(people).map(([user, roles]) => [user, [...roles]]));
}

/** As the engine stores it and sends it back: through JSON. */
function plain(properties: Properties): PlainProperties {
  const out: Record<string, Plain> = {};
  for (const [key, value] of Object.entries(properties))
    if (value !== undefined) out[key] = plainValue(value);
  return out;
}

function plainValue(value: Value): Plain {
  if (isSecret(value)) return plainValue(revealed(value));
  if (isProperties(value)) return plain(value);
  if (typeof value !== "object" || value === null || isUnknown(value)) return value;
  return value.map(plainValue);
}

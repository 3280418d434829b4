/** An engine in memory that stores what the real one would, for a stack of one roster. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isProperties, isSecret, isUnknown, ResourceInitFailed, revealed } from "@ai-api-access/provider-kit";
import type { Engine, Plain, PlainProperties, Properties, Value } from "@ai-api-access/provider-kit";
import type { Mode } from "../../src/plan.ts";
import { RosterProvider } from "../../src/provider.ts";
import type { RosterOptions } from "../../src/provider.ts";

/** People with the ids of their roles. */
export type Declared = Readonly<Record<string, readonly string[]>>;

interface Stored {
  readonly inputs: PlainProperties;
  readonly outputs: PlainProperties;
  readonly failed: boolean;
}

interface Outcome {
  /** `partly`: the engine stored what was done; `failed`: it stored nothing. */
  readonly kind: "done" | "partly" | "failed";
  readonly reasons: readonly string[];
}

const DONE: Outcome = { kind: "done", reasons: [] };
const ABOUT = { urn: "urn:pulumi:test::test::roster::members", name: "members", type: "" };

interface ModelStackOptions extends RosterOptions {
  readonly organization: string;
  /** Whether the process of the run under way is gone: the engine stores nothing of it. */
  readonly isKilled?: () => boolean;
}

/** Each run has a plugin of its own. */
export class ModelStack {
  mode: Mode = "additive";
  readonly #options: ModelStackOptions;
  readonly #folder = mkdtempSync(join(tmpdir(), "roster-model-"));
  #stored: Stored | undefined;

  constructor(options: ModelStackOptions) {
    this.#options = options;
  }

  async up(people: Declared): Promise<Outcome> {
    const { provider, checked } = await this.#checked(people);
    const stored = this.#stored;
    try {
      if (stored === undefined) {
        const { state } = await provider.create({ ...ABOUT, inputs: checked, preview: false });
        this.#store({ inputs: checked, outputs: plain(state), failed: false });
      } else if (stored.failed || this.#diff(provider, stored, checked)) {
        const request = { ...this.#about(stored), inputs: checked, ignoreChanges: [], preview: false };
        const { state } = await provider.update(request);
        this.#store({ inputs: checked, outputs: plain(state), failed: false });
      } else this.#store({ ...stored, inputs: checked });
      return DONE;
    } catch (error) {
      if (!(error instanceof ResourceInitFailed) || this.#options.isKilled?.() === true)
        return failure(error);
      // After a partial create the engine stores the new inputs, after a partial update the old ones.
      this.#store({ inputs: stored?.inputs ?? checked, outputs: plain(error.state), failed: true });
      return { kind: "partly", reasons: error.reasons };
    }
  }

  /** Whether a preview shows no change. */
  async isSettled(people: Declared): Promise<boolean> {
    const { provider, checked } = await this.#checked(people);
    return this.#stored?.failed === false && !this.#diff(provider, this.#stored, checked);
  }

  async refresh(): Promise<void> {
    if (this.#stored === undefined) return;
    const { inputs, outputs: state } = this.#stored;
    const id = this.#options.organization;
    const found = await this.#provider().read({ ...ABOUT, id, known: { inputs, state } });
    if (found === undefined) throw new Error("the organization is gone");
    this.#store({ inputs: plain(found.inputs), outputs: plain(found.state), failed: false });
  }

  async destroy(): Promise<Outcome> {
    try {
      if (this.#stored !== undefined) await this.#provider().delete(this.#about(this.#stored));
      this.#store(undefined);
      return DONE;
    } catch (error) {
      return failure(error);
    }
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #provider(): RosterProvider {
    const engine: Engine = { log: () => undefined, cancelled: new AbortController().signal };
    return new RosterProvider(engine, "0.0.0", this.#options);
  }

  async #checked(people: Declared) {
    const lines = Object.entries(people).map(([user, roles]) => `${user},${roles.join(";")}`);
    writeFileSync(join(this.#folder, "members.csv"), ["user,roles", ...lines].join("\n"));
    const provider = this.#provider();
    const { mode } = this;
    const organizationId = this.#options.organization;
    const { inputs, failures = [] } = await provider.check({
      ...ABOUT,
      oldInputs: this.#stored?.inputs ?? {},
      inputs: { organizationId, mode, membersFile: "members.csv", membersFolder: this.#folder, roles: {} },
      randomSeed: new Uint8Array(),
    });
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return { provider, checked: plain(inputs) };
  }

  #diff(provider: RosterProvider, stored: Stored, inputs: PlainProperties): boolean {
    return provider.diff({ ...this.#about(stored), inputs, ignoreChanges: [] }).changes.length > 0;
  }

  #about({ inputs: oldInputs, outputs: state }: Stored) {
    return { ...ABOUT, id: this.#options.organization, oldInputs, state };
  }

  #store(stored: Stored | undefined): void {
    if (this.#options.isKilled?.() === true) throw new Error("killed");
    this.#stored = stored;
  }
}

function failure(error: unknown): Outcome {
  return { kind: "failed", reasons: [error instanceof Error ? error.message : String(error)] };
}

/** As the engine stores it and sends it back. */
export function plain(properties: Properties): PlainProperties {
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

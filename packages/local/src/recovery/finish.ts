import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import type { TenantAccess } from "../tenants/access.ts";
import { tenantClients } from "./clients.ts";
import { removeDuplicates, type Known } from "./duplicates.ts";
import { resourceEventSchema } from "./engine-events.ts";
import type { UnfinishedChange } from "./marks.ts";

/** Follows a run by the engine's events, and brings the tenants in order when it ended well. */
export class Finish {
  readonly #unfinished: UnfinishedChange;
  readonly #access: TenantAccess;
  readonly #known: Known[] = [];

  constructor(unfinished: UnfinishedChange, access: TenantAccess) {
    this.#unfinished = unfinished;
    this.#access = access;
  }

  /** Called with every event of the run. */
  readonly follow = ({ resOutputsEvent }: EngineEvent): void => {
    if (resOutputsEvent === undefined) return;
    const { urn, type, new: next } = resourceEventSchema.parse(resOutputsEvent.metadata);
    if (next?.custom === true) this.#known.push({ urn, type, id: next.id, inputs: next.inputs });
  };

  /**
   * The run went well; still an answer may have been lost on the way, and something made twice. Whatever keeps this
   * from being mended is left to the next command.
   */
  async end(say: (line: string) => void): Promise<void> {
    const clients = tenantClients(this.#access);
    try {
      const newKeys = await this.#unfinished.newKeys();
      await removeDuplicates(this.#known, newKeys, clients, say);
      this.#unfinished.end();
    } catch (error) {
      say(`The tenants could not be compared with the state: ${String(error)}. The next command does it.`);
    }
  }
}

import { systemClock, type Clock } from "@ai-api-access/emulator-core";

/** The clock of the demo's tenants. It can be set back, for tokens that have run out when they are used. */
export class DemoClock {
  #behind = 0;
  readonly now: Clock = () => systemClock() - this.#behind;

  /** Does `work` as if it were so many milliseconds ago. */
  async earlier<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
    this.#behind = milliseconds;
    try {
      return await work();
    } finally {
      this.#behind = 0;
    }
  }
}

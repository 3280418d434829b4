/** How far a run is, told every few seconds. */
import type { Engine } from "@ai-api-access/provider-kit";
import { counted } from "../people.ts";

/** Where there is no terminal each line stays, so they are few. In milliseconds. */
const EVERY = 5_000;

export class Progress {
  readonly #engine: Engine;
  readonly #urn: string;
  readonly #now: () => number;
  readonly #began: number;
  #told: number;

  constructor(engine: Engine, urn: string, now: () => number) {
    this.#engine = engine;
    this.#urn = urn;
    this.#now = now;
    this.#began = now();
    this.#told = this.#began;
  }

  /** @param made requests so far, of `all` */
  at(made: number, all: number): void {
    const now = this.#now();
    if (now - this.#told < EVERY) return;
    this.#told = now;
    const left = ((now - this.#began) / made) * (all - made);
    this.#engine.log("info", `${counted(made)} of ${counted(all)} calls made, ${duration(left)} left`, {
      urn: this.#urn,
      ephemeral: true,
    });
  }
}

/** `40 s`, `12 min`, `3.5 h` */
export function duration(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 100) return `${String(seconds)} s`;
  if (seconds < 6000) return `${String(Math.round(seconds / 60))} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

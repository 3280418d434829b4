import { z } from "zod";
import type { Call, RouteFacts } from "../routes.ts";
import type { Store } from "../store.ts";
import type { Clock } from "../times.ts";
import { pathOf } from "./globs.ts";

/** Checks a {@link LagSetting}. */
export const lagSettingSchema = z.strictObject({ ms: z.number().int().min(0).max(3_600_000) });

/** By how many milliseconds some reads lag behind the writes; 0 for not at all. */
export type LagSetting = z.infer<typeof lagSettingSchema>;

/** A read that the vendor documents as eventually consistent. */
export interface LaggingRead {
  /** What it sees late. */
  readonly collections: readonly string[];
  /** A parameter of the query without which it is up to date. */
  readonly onlyWith?: string;
}

/** The reads of a vendor that lag, by operation. */
export type Lagging = Readonly<Record<string, LaggingRead>>;

/** The lag of a tenant's reads; none at first. */
export class Lag {
  readonly #store: Store;
  readonly #lagging: Lagging;
  readonly #clock: Clock;
  #ms = 0;

  constructor(store: Store, lagging: Lagging, clock: Clock) {
    this.#store = store;
    this.#lagging = lagging;
    this.#clock = clock;
  }

  /** Throws a `ZodError` for what is no setting. What was written before is seen at once, whatever it is set to. */
  set(setting: LagSetting): void {
    const { ms } = lagSettingSchema.parse(setting);
    const collections = new Set(Object.values(this.#lagging).flatMap((read) => read.collections));
    this.#store.remember([...collections], this.#clock, ms);
    this.#ms = ms;
  }

  /** The setting, and the operations that it is for. */
  get(): LagSetting & { readonly operations: readonly string[] } {
    return { ms: this.#ms, operations: Object.keys(this.#lagging) };
  }

  /** Runs a route's work in a transaction, on what the route can see by now. */
  transaction<R>({ operation }: RouteFacts, { url }: Call, work: () => R): R {
    const read = this.#ms === 0 ? undefined : this.#lagging[operation];
    return read === undefined || !hasParameter(url, read.onlyWith)
      ? this.#store.transaction(work)
      : this.#store.rewound(read.collections, this.#clock() - this.#ms, work);
  }
}

function hasParameter(url: string, name: string | undefined): boolean {
  return name === undefined || new URLSearchParams(url.slice(pathOf(url).length + 1)).has(name);
}

/** Reads a lag that is written in words: `1500`, `1500ms` or `1.5s`. */
export function parseLag(text: string): LagSetting {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text.trim()) ?? [];
  const setting = lagSettingSchema.safeParse({ ms: Number(number) * (unit === "s" ? 1000 : 1) });
  if (setting.success) return setting.data;
  throw new Error(
    `The lag "${text}" cannot be read. Give milliseconds or seconds, an hour at most. For example: 2s.`,
  );
}

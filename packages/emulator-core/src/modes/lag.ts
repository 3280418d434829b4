import { z } from "zod";
import type { Call, RouteFacts } from "../http/routes.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "../times.ts";
import { queryOf } from "./globs.ts";

/** Checks a {@link LagSetting}. */
export const lagSettingSchema = z.strictObject({ ms: z.number().int().min(0).max(3_600_000) });

/** By how many milliseconds some reads lag behind the writes; 0 for not at all. */
export type LagSetting = z.infer<typeof lagSettingSchema>;

/** A read that the vendor documents as eventually consistent. */
interface LaggingRead {
  /** What it sees late. */
  readonly collections: readonly string[];
  /** A parameter of the query without which it is up to date. */
  readonly onlyWith?: string;
}

/** The reads of a vendor that lag, by operation. */
export type Lagging = Readonly<Record<string, LaggingRead>>;

/** How far a tenant's reads lag behind; not at all at first. */
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

  /** Throws a `ZodError` for a wrong setting. What was written before is seen at once, whatever the setting. */
  set(setting: LagSetting): void {
    const { ms } = lagSettingSchema.parse(setting);
    const collections = new Set(Object.values(this.#lagging).flatMap((read) => read.collections));
    this.#store.remember([...collections], this.#clock, ms);
    this.#ms = ms;
  }

  /** The setting, and the operations that it affects. */
  get(): LagSetting & { readonly operations: readonly string[] } {
    return { ms: this.#ms, operations: Object.keys(this.#lagging) };
  }

  /** Runs a route's work in a transaction, on the data that the route can see by now. */
  transaction<R>({ operation }: RouteFacts, { url }: Call, work: () => R): R {
    const read = this.#ms === 0 ? undefined : this.#lagging[operation];
    return read === undefined || (read.onlyWith !== undefined && !queryOf(url).has(read.onlyWith))
      ? this.#store.transaction(work)
      : this.#store.asOf(this.#clock() - this.#ms, read.collections, work);
  }
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

/**
 * Somebody who writes to a tenant and knows at every moment what reads have to show. All that a writer makes is its
 * own, so what it does not find again was lost, and what it finds half was torn.
 */
import { isDeepStrictEqual } from "node:util";
import type { TenantClient } from "@ai-api-access/testing/tenant-http.ts";

/** What a read has to show: a part of its answer, or `null` for nothing (404, an empty list). */
export interface Fact {
  readonly path: string;
  readonly view: (body: unknown) => unknown;
  readonly shows: unknown;
}

/** One write, and what reads show once it is applied. All of that, or nothing of it. */
export interface Step {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  readonly becomes: readonly Fact[];
}

/** A life of a few things from their creation on; each step is answered with the id of what it made. */
export type Cycle = Generator<Step, void, string>;

/** Makes a cycle of things whose names begin with `name`; `keep` leaves them there at its end. */
export type Cycles = (name: string, keep: boolean) => Cycle;

export interface Finding {
  readonly kind: "lost" | "torn";
  /** What was read and what it should have shown. */
  readonly what: string;
}

export interface WriterOptions {
  /** What the names of its things begin with; no other writer's may. */
  readonly name: string;
  readonly cycles: Cycles;
  /** Every so many cycles leave what they made, so that later checks meet old things too; none without it. */
  readonly keepEvery?: number;
}

export class Writer {
  /** Writes that were answered with success. */
  acknowledged = 0;
  /** Writes whose answer never came, by what the next check found. */
  readonly unanswered = { applied: 0, notApplied: 0 };
  readonly #options: WriterOptions;
  #rounds = 0;
  /** What holds of the things of the present cycle, by the path that shows it. */
  #present = new Map<string, Fact>();
  /** What holds of the things of all cycles before. */
  readonly #past = new Map<string, Fact>();
  #open: Step | undefined;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /**
   * Writes cycle after cycle.
   *
   * @throws what cut it off; the write under way then counts as unanswered
   */
  async write(client: TenantClient, goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      const steps = this.#cycle(client);
      let last = false;
      while (!last && goesOn()) last = (await steps.next()).done === true;
    }
  }

  /**
   * Writes whole cycles, and reads after every write whether it shows.
   *
   * @returns what did not
   */
  async writeAndRead(client: TenantClient, goesOn: () => boolean): Promise<Finding[]> {
    const findings: Finding[] = [];
    while (goesOn()) {
      for await (const step of this.#cycle(client)) {
        for (const fact of step.becomes) {
          const read = await show(client, fact);
          if (!isDeepStrictEqual(read, fact.shows)) findings.push(lost(fact, read));
        }
      }
      // Nothing is asked about these again.
      this.#present.clear();
      this.#past.clear();
    }
    return findings;
  }

  /** The steps of the next cycle, each after it was taken. */
  async *#cycle(client: TenantClient): AsyncGenerator<Step, void, void> {
    this.#archive();
    const { name, cycles, keepEvery } = this.#options;
    const round = this.#rounds++;
    const cycle = cycles(
      `${name}-${String(round).padStart(6, "0")}`,
      keepEvery !== undefined && round % keepEvery === 0,
    );
    for (let next = cycle.next(""); next.done !== true;) {
      const step = next.value;
      const id = await this.#take(client, step);
      yield step;
      next = cycle.next(id);
    }
  }

  /** Compares what the tenant shows with what it acknowledged, and settles what became of an unanswered write. */
  async check(client: TenantClient): Promise<Finding[]> {
    const open = this.#open;
    this.#open = undefined;
    const before = this.#present;
    const after = new Map([...before, ...byPath(open?.becomes ?? [])]);
    const findings: Finding[] = [];
    const touched: { read: unknown; was: unknown; becomes: unknown; path: string }[] = [];
    for (const [path, fact] of after) {
      const read = await show(client, fact);
      if (open?.becomes.includes(fact)) {
        touched.push({ read, was: before.get(path)?.shows ?? null, becomes: fact.shows, path });
      } else if (!isDeepStrictEqual(read, fact.shows)) findings.push(lost(fact, read));
    }
    if (open === undefined) return findings;
    if (touched.every(({ read, becomes }) => isDeepStrictEqual(read, becomes))) {
      this.#present = after;
      this.unanswered.applied += 1;
    } else if (touched.every(({ read, was }) => isDeepStrictEqual(read, was))) {
      this.unanswered.notApplied += 1;
    } else {
      findings.push({ kind: "torn", what: `${open.method} ${open.path}: ${JSON.stringify(touched)}` });
    }
    return findings;
  }

  /** As {@link check}, for everything that was ever acknowledged. */
  async checkAll(client: TenantClient): Promise<Finding[]> {
    const findings = await this.check(client);
    this.#archive();
    for (const fact of this.#past.values()) {
      const read = await show(client, fact);
      if (!isDeepStrictEqual(read, fact.shows)) findings.push(lost(fact, read));
    }
    return findings;
  }

  #archive(): void {
    for (const [path, fact] of this.#present) this.#past.set(path, fact);
    this.#present = new Map();
  }

  /** Sends a write and, once it is acknowledged, knows what it changed. */
  async #take(client: TenantClient, step: Step): Promise<string> {
    this.#open = step;
    const { method, path, body } = step;
    const answer = await client.send(method, path, body);
    if (answer.status >= 300) {
      this.#open = undefined;
      throw new Error(`${method} ${path}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
    }
    this.acknowledged += 1;
    this.#open = undefined;
    for (const [shown, fact] of byPath(step.becomes)) this.#present.set(shown, fact);
    return idOf(answer.body);
  }
}

function byPath(facts: readonly Fact[]): [string, Fact][] {
  return facts.map((fact) => [fact.path, fact]);
}

async function show(client: TenantClient, { path, view }: Fact): Promise<unknown> {
  const { status, body } = await client.send("GET", path);
  if (status === 404) return null;
  if (status !== 200) throw new Error(`GET ${path}: ${String(status)} ${JSON.stringify(body)}`);
  const seen = view(body);
  return Array.isArray(seen) && seen.length === 0 ? null : seen;
}

function lost({ path, shows }: Fact, read: unknown): Finding {
  return { kind: "lost", what: `GET ${path}: ${JSON.stringify(read)}, wanted ${JSON.stringify(shows)}` };
}

function idOf(body: unknown): string {
  return typeof body === "object" && body !== null && "id" in body ? String(body.id) : "";
}

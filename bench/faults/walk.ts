/** The local stack brought up on tenants of which one goes wrong at one request, and what becomes of it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Engine } from "../../local/engine/index.ts";
import type { FaultRule, LoggedRequest } from "../../local/tenants/kit/index.ts";
import { twinHome } from "../../local/twin/home.ts";
import type { Program } from "../../local/twin/program.ts";
import type { Providers } from "../../local/twin/providers.ts";
import { recover } from "../../local/twin/recovery/index.ts";
import { serveTenants, type ServedTenants } from "../../local/twin/tenants/serve.ts";
import { openTwin, type Changes, type Twin } from "../../local/twin/twin.ts";
import { VENDORS, type VendorName } from "../load/client.ts";
import { holdings, type Holdings } from "./holdings.ts";
import type { Asked } from "./requests.ts";

/** What the stack is brought up with. */
export interface WalkTools {
  readonly engine: Engine;
  readonly program: Program;
  readonly providers: Providers;
}

/** What goes wrong. */
export interface Disturbance {
  readonly rules: Readonly<Partial<Record<VendorName, readonly FaultRule[]>>>;
  /** The rules stay until the stack is up; without it they are gone after the first `up`. */
  readonly lasting?: boolean;
}

/** What became of a stack that was disturbed. */
export interface Walked {
  /** The requests that a fault hit. */
  readonly hit: readonly Asked[];
  /** `up`s after the first until one succeeded; 0 when the first came through by itself. */
  readonly ups: number;
  /** What recovery told between them. */
  readonly told: readonly string[];
  /** Whether the tenants hold exactly what they hold after an undisturbed `up`, and a preview changes nothing. */
  readonly exact: boolean;
  /** What is otherwise, where it is not. */
  readonly why?: string | undefined;
}

/** An undisturbed `up`. */
export interface Undisturbed {
  /** The requests of each tenant in the order of their arrival. */
  readonly requests: readonly Asked[];
  readonly held: Holdings;
}

/** More `up`s than that a stack may not need. The longest chain of its resources is four long. */
const MOST_UPS = 8;

/** A pair of tenants on which stacks are brought up one after the other. */
export class Walk {
  readonly #tools: WalkTools;
  readonly #folder: string;
  readonly #tenants: ServedTenants;

  private constructor(tools: WalkTools, folder: string, tenants: ServedTenants) {
    this.#tools = tools;
    this.#folder = folder;
    this.#tenants = tenants;
  }

  static async begin(tools: WalkTools): Promise<Walk> {
    const folder = mkdtempSync(join(tmpdir(), "ai-api-access-faults-"));
    const tenants = await serveTenants({ folder, firstPorts: { auth0: 0, okta: 0 } });
    return new Walk(tools, folder, tenants);
  }

  /** What a stack that nothing disturbs asks for and makes. */
  undisturbed(): Promise<Undisturbed> {
    return this.#onNewTenants(async (open) => {
      await (await open()).run("up");
      return { requests: this.#asked(() => true), held: await holdings(this.#tenants) };
    });
  }

  /** Brings a new stack up on new tenants, disturbed, and again as a user would until it is there. */
  disturbed({ rules, lasting = false }: Disturbance, { held }: Undisturbed): Promise<Walked> {
    return this.#onNewTenants(async (open) => {
      for (const vendor of VENDORS) {
        for (const rule of rules[vendor] ?? []) this.#tenants[vendor].faults.add(rule);
      }
      let there = await succeeds((await open()).run("up"));
      if (!lasting) this.#clearFaults();

      const told: string[] = [];
      let ups = 0;
      for (; !there && ups < MOST_UPS; ups++) {
        const twin = await open();
        await recover({
          twin,
          unfinished: twin.unfinished,
          access: this.#tenants.access,
          say: (line) => told.push(line),
        });
        there = await succeeds(twin.run("up"));
      }
      const hit = this.#asked(({ faults }) => faults !== undefined);
      this.#clearFaults();
      const why = there ? await this.#difference(await open(), held) : "No `up` succeeded.";
      return { hit, ups, told, exact: why === undefined, why };
    });
  }

  async close(): Promise<void> {
    await this.#tenants.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Tenants as they were born, and a home with nothing in it. */
  async #onNewTenants<T>(work: (open: () => Promise<Twin>) => Promise<T>): Promise<T> {
    this.#clearFaults();
    for (const vendor of VENDORS) {
      this.#tenants[vendor].reset();
      this.#tenants[vendor].clearRequests();
    }
    const home = twinHome(mkdtempSync(join(this.#folder, "home-")));
    try {
      return await work(() => openTwin({ ...this.#tools, home, access: this.#tenants.access }));
    } finally {
      rmSync(home.folder, { recursive: true, force: true });
    }
  }

  #clearFaults(): void {
    for (const vendor of VENDORS) this.#tenants[vendor].faults.clear();
  }

  #asked(fits: (request: LoggedRequest) => boolean): Asked[] {
    return VENDORS.flatMap((vendor) => {
      const requests = this.#tenants[vendor].requests().filter(fits);
      return requests.map(({ method, path, body }): Asked => ({ vendor, method, path, body }));
    });
  }

  async #difference(twin: Twin, wanted: Holdings): Promise<string | undefined> {
    const held = await holdings(this.#tenants);
    const kinds = Object.keys({ ...wanted, ...held }).filter(
      (kind) => !isDeepStrictEqual(held[kind], wanted[kind]),
    );
    if (kinds.length > 0) {
      return kinds
        .map((kind) => `${kind}: ${JSON.stringify(held[kind])}, wanted ${JSON.stringify(wanted[kind])}`)
        .join("\n");
    }
    const said: string[] = [];
    const onOutput = (text: string): unknown => said.push(text);
    const changes = await twin.run("preview", { refresh: true, onOutput }).catch(() => undefined);
    if (changes === undefined) return `A preview failed: ${said.join("")}`;
    return isEmpty(changes) ? undefined : `A preview changes something: ${JSON.stringify(changes)}`;
  }
}

function isEmpty(changes: Changes): boolean {
  return Object.keys(changes).every((operation) => operation === "same");
}

async function succeeds(run: Promise<unknown>): Promise<boolean> {
  return run.then(
    () => true,
    () => false,
  );
}

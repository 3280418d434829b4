/** The local stack brought up on tenants of which one goes wrong at one request, and what becomes of it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Engine } from "../../local/engine/index.ts";
import type { FaultRule } from "../../local/tenants/kit/index.ts";
import { twinHome } from "../../local/twin/home.ts";
import type { Program } from "../../local/twin/program.ts";
import type { Providers } from "../../local/twin/providers.ts";
import { recover } from "../../local/twin/recovery/index.ts";
import { serveTenants, type ServedTenants } from "../../local/twin/tenants/serve.ts";
import { openTwin, type Changes, type Twin } from "../../local/twin/twin.ts";
import { VENDORS, type VendorName } from "../load/client.ts";
import { holdings, type Holdings } from "./holdings.ts";

/** What the stack is brought up with. */
export interface WalkTools {
  readonly engine: Engine;
  readonly program: Program;
  readonly providers: Providers;
}

/** Rules for the tenants, for as long as one `up` takes. */
export type Disturbance = Readonly<Partial<Record<VendorName, readonly FaultRule[]>>>;

/** What became of a stack whose first `up` was disturbed. */
export interface Walked {
  /** The requests that a fault hit: `POST /api/v2/roles`. */
  readonly hit: readonly string[];
  /** Whether the disturbed `up` came through by itself. */
  readonly survived: boolean;
  /** Undisturbed `up`s after it until one succeeded. */
  readonly ups: number;
  /** What recovery told between them. */
  readonly told: readonly string[];
  /** Whether the tenants hold exactly what they hold after an undisturbed `up`, and a preview changes nothing. */
  readonly exact: boolean;
  /** What is otherwise, where it is not. */
  readonly why?: string;
}

/** An undisturbed `up`. */
export interface Undisturbed {
  /** The requests of each tenant in the order of their arrival. */
  readonly requests: Readonly<Record<VendorName, readonly string[]>>;
  readonly held: Holdings;
}

/** Undisturbed `up`s that may fail before the stack counts as lost. */
const MOST_UPS = 3;

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
      const { auth0, okta } = this.#tenants;
      const requests = (tenant: typeof auth0 | typeof okta): string[] =>
        tenant.requests().map(({ method, path }) => `${method} ${path}`);
      return {
        requests: { auth0: requests(auth0), okta: requests(okta) },
        held: await holdings(this.#tenants),
      };
    });
  }

  /** Brings a new stack up on new tenants, disturbed once, then undisturbed until it is there. */
  disturbed(disturbance: Disturbance, { held }: Undisturbed): Promise<Walked> {
    return this.#onNewTenants(async (open) => {
      for (const vendor of VENDORS) {
        for (const rule of disturbance[vendor] ?? []) this.#tenants[vendor].faults.add(rule);
      }
      const survived = await succeeds((await open()).run("up"));
      const hit = this.#hit();
      for (const vendor of VENDORS) this.#tenants[vendor].faults.clear();

      const told: string[] = [];
      let ups = 0;
      let done = survived;
      while (!done && ups < MOST_UPS) {
        const twin = await open();
        await recover({
          twin,
          unfinished: twin.unfinished,
          access: this.#tenants.access,
          say: (line) => told.push(line),
        });
        done = await succeeds(twin.run("up"));
        ups += 1;
      }
      const why = done ? await this.#difference(await open(), held) : "No `up` succeeded.";
      return { hit, survived, ups, told, exact: why === undefined, ...(why === undefined ? {} : { why }) };
    });
  }

  async close(): Promise<void> {
    await this.#tenants.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Tenants as they were born, and a home with nothing in it. */
  async #onNewTenants<T>(work: (open: () => Promise<Twin>) => Promise<T>): Promise<T> {
    for (const vendor of VENDORS) {
      this.#tenants[vendor].faults.clear();
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

  #hit(): string[] {
    return VENDORS.flatMap((vendor) => this.#tenants[vendor].requests())
      .filter(({ faults }) => faults !== undefined)
      .map(({ method, path }) => `${method} ${path}`);
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
    const changes = await twin.run("preview", { refresh: true });
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

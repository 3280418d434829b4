/** The local stack brought up on tenants of which one goes wrong at one request, and what becomes of it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { FaultRule, LoggedRequest } from "@ai-api-access/emulator-core";
import { twinHome } from "@ai-api-access/local/home.ts";
import type { ProviderKind } from "@ai-api-access/local/providers.ts";
import { announceTenants } from "@ai-api-access/local/tenants/running.ts";
import { serveTenants, type ServedTenants } from "@ai-api-access/local/tenants/serve.ts";
import { VENDORS, type VendorName } from "@ai-api-access/testing/tenant-http.ts";
import { Commands } from "./commands.ts";
import { holdings, type Holdings } from "@ai-api-access/testing/holdings.ts";
import type { Order, Ran } from "./order.ts";
import type { Asked } from "./requests.ts";

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
  /** What recovery reported between them. */
  readonly reported: readonly string[];
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

type Run = (command: Order["command"], options?: { readonly refresh: boolean }) => Promise<Ran>;

/** A pair of tenants on which stacks are brought up one after the other. */
export class Walk {
  readonly #providers: ProviderKind;
  readonly #folder: string;
  readonly #tenants: ServedTenants;
  readonly #commands = new Commands();

  private constructor(providers: ProviderKind, folder: string, tenants: ServedTenants) {
    this.#providers = providers;
    this.#folder = folder;
    this.#tenants = tenants;
  }

  static async begin(providers: ProviderKind): Promise<Walk> {
    const folder = mkdtempSync(join(tmpdir(), "ai-api-access-faults-"));
    const tenants = await serveTenants({ folder, firstPorts: { auth0: 0, okta: 0 } });
    return new Walk(providers, folder, tenants);
  }

  /** What a stack that nothing disturbs asks for and makes. */
  undisturbed(): Promise<Undisturbed> {
    return this.#onNewTenants(async (run) => {
      const { ok, output } = await run("up");
      if (!ok) throw new Error(`The undisturbed \`up\` failed: ${output}`);
      return { requests: this.#asked(() => true), held: await holdings(this.#tenants) };
    });
  }

  /** Brings a new stack up on new tenants, disturbed, and again as a user would until it is there. */
  disturbed({ rules, lasting = false }: Disturbance, { held }: Undisturbed): Promise<Walked> {
    return this.#onNewTenants(async (run) => {
      for (const vendor of VENDORS) {
        for (const rule of rules[vendor] ?? []) this.#tenants[vendor].faults.add(rule);
      }
      let last = await run("up");
      if (!lasting) this.#clearFaults();

      const reported: string[] = [];
      let ups = 0;
      for (; !last.ok && ups < MOST_UPS; ups++) {
        last = await run("up");
        reported.push(...reportedIn(last.output));
      }
      const hit = this.#asked(({ faults }) => faults !== undefined);
      this.#clearFaults();
      const why = last.ok ? await this.#difference(run, held) : `No \`up\` succeeded. ${last.output}`;
      return { hit, ups, reported, exact: why === undefined, why };
    });
  }

  async close(): Promise<void> {
    this.#commands.close();
    await this.#tenants.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** New tenants, and a home with nothing in it. */
  async #onNewTenants<T>(work: (run: Run) => Promise<T>): Promise<T> {
    this.#clearFaults();
    for (const vendor of VENDORS) {
      this.#tenants[vendor].reset();
      this.#tenants[vendor].clearRequests();
    }
    const home = twinHome(mkdtempSync(join(this.#folder, "home-")));
    announceTenants(home.tenants, this.#tenants.access);
    const common = { folder: home.folder, providers: this.#providers };
    try {
      return await work((command, { refresh } = { refresh: false }) =>
        this.#commands.run({ ...common, command, refresh }),
      );
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
      // Whether tenants are there is asked by the commands, and is no request of a provider's.
      const own = requests.filter(({ path }) => !path.startsWith("/_twin"));
      return own.map(({ method, path, body }): Asked => ({ vendor, method, path, body }));
    });
  }

  async #difference(run: Run, wanted: Holdings): Promise<string | undefined> {
    const held = await holdings(this.#tenants);
    const kinds = Object.keys({ ...wanted, ...held }).filter(
      (kind) => !isDeepStrictEqual(held[kind], wanted[kind]),
    );
    if (kinds.length > 0) {
      return kinds
        .map((kind) => `${kind}: ${JSON.stringify(held[kind])}, wanted ${JSON.stringify(wanted[kind])}`)
        .join("\n");
    }
    const { ok, output } = await run("preview", { refresh: true });
    return ok && /^Resources:\n {4}\d+ unchanged\n/m.test(output)
      ? undefined
      : `A preview changes something: ${output}`;
  }
}

/** What recovery said, before the engine speaks. */
function reportedIn(output: string): string[] {
  const [before = ""] = output.split(/^Updating/m, 1);
  return before.split("\n").filter((line) => line !== "");
}

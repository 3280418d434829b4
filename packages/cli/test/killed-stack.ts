import { cpSync, rmSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { change } from "@ai-api-access/local/engine/change.ts";
import type { TestTwin } from "@ai-api-access/testing/twin.ts";
import { holdings, type Holdings } from "@ai-api-access/testing/holdings.ts";
import { killUp, type Victims } from "./kill-up.ts";
import { RealTestStack } from "./real-stack.ts";

type Config = Readonly<Record<string, unknown>>;

/** An `up` that nobody kills. */
export interface Undisturbed {
  readonly writes: number;
  readonly ms: number;
  readonly held: Holdings;
}

/** When an `up` is killed. */
export interface Moment {
  /** As it is named where it went wrong. */
  readonly name: string;
  readonly victims: Victims;
  /** @param ms since the beginning of the `up` */
  readonly isTime: (ms: number) => boolean;
}

/** A stack whose next `up` is killed, again and again from the same beginning. */
export class KilledStack {
  /** How many kills came before the `up` was over. */
  hits = 0;
  readonly #twin: TestTwin;
  readonly #real: RealTestStack;
  readonly #stack: Stack;
  readonly #beginning;

  private constructor(twin: TestTwin, real: RealTestStack, stack: Stack) {
    this.#twin = twin;
    this.#real = real;
    this.#stack = stack;
    cpSync(real.state, this.#savedState, { recursive: true });
    this.#beginning = { auth0: twin.tenants.auth0.snapshot(), okta: twin.tenants.okta.snapshot() };
  }

  /**
   * @param before what is up already
   * @param config what the `up` that is killed declares
   */
  static async begin(twin: TestTwin, config: Config, before?: Config): Promise<KilledStack> {
    twin.tenants.auth0.reset();
    twin.tenants.okta.reset();
    const real = await RealTestStack.begin(twin, before ?? config);
    if (before !== undefined) {
      await change(await real.open(), "up");
      real.configure(twin, config);
    }
    return new KilledStack(twin, real, await real.open());
  }

  async undisturbed(): Promise<Undisturbed> {
    const begun = Date.now();
    const { code } = await this.#killed({ name: "never", victims: "engine", isTime: () => false });
    if (code !== 0) throw new Error("The undisturbed `up` failed.");
    const ms = Date.now() - begun;
    return { writes: this.#twin.writes().length, ms, held: await holdings(this.#twin.tenants) };
  }

  /** Kills, recovers, goes on. @returns what is wrong then, `undefined` when nothing is */
  async recovered(moment: Moment, { held: wanted }: Undisturbed): Promise<string | undefined> {
    const { code, left } = await this.#killed(moment);
    if (code !== 0) this.hits += 1;
    if (left.length > 0) return `These live on: ${JSON.stringify(left)}`;
    this.#twin.clearRequests();
    const { exitCode, stdout, stderr } = await this.#real.run("recover", "--yes");
    if (this.#twin.writes().length > 0) return `recover wrote to a tenant: ${stdout}`;
    if (exitCode !== 0 || stderr !== "") return `recover: ${exitCode} ${stdout}${stderr}`;
    try {
      await change(this.#stack, "up");
      const held = await holdings(this.#twin.tenants);
      const kinds = Object.keys(held).filter((kind) => !isDeepStrictEqual(held[kind], wanted[kind]));
      if (kinds.length > 0) {
        const lines = kinds.map((kind) => `${kind}: ${JSON.stringify([held[kind], wanted[kind]])}`);
        return `${lines.join("\n")}\nrecover: ${stdout}`;
      }
      const { changeSummary } = await this.#stack.preview({ refresh: true });
      return isDeepStrictEqual(Object.keys(changeSummary), ["same"])
        ? undefined
        : `A preview changes something: ${JSON.stringify(changeSummary)}`;
    } catch (error) {
      return `${String(error)}\nrecover: ${stdout}`;
    }
  }

  close(): void {
    this.#real.remove();
  }

  get #savedState(): string {
    return `${this.#real.state}-at-the-beginning`;
  }

  #killed({ victims, isTime }: Moment) {
    this.#twin.tenants.auth0.restore(this.#beginning.auth0);
    this.#twin.tenants.okta.restore(this.#beginning.okta);
    this.#twin.clearRequests();
    rmSync(this.#real.state, { recursive: true });
    cpSync(this.#savedState, this.#real.state, { recursive: true });
    const begun = Date.now();
    return killUp(this.#real, () => isTime(Date.now() - begun), victims);
  }
}

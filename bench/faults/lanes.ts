/** The processes in which stacks are disturbed, seen from the bench. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import type { Providers } from "../../local/twin/providers.ts";
import { VENDORS } from "../load/client.ts";
import type { Place } from "./matrix.ts";

const askedSchema = z.object({
  vendor: z.enum(VENDORS),
  method: z.string(),
  path: z.string(),
  body: z.unknown().optional(),
});

export const walkedSchema = z.object({
  hit: z.array(askedSchema).readonly(),
  ups: z.number(),
  told: z.array(z.string()).readonly(),
  exact: z.boolean(),
  why: z.string().optional(),
});

export class Lane {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Gives the requests of an undisturbed first `up`, too. */
  static async begin(providers: Providers): Promise<[Lane, z.infer<typeof askedSchema>[]]> {
    const lane = new Lane(fork(join(import.meta.dirname, "lane.ts"), { execArgv: [], silent: true }));
    return [lane, z.array(askedSchema).parse(await lane.#answer({ ...providers }))];
  }

  async disturbed(place: Place): Promise<z.infer<typeof walkedSchema>> {
    return walkedSchema.parse(await this.#answer({ ...place }));
  }

  async close(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.disconnect();
    await ended;
  }

  #answer(message: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const said: string[] = [];
      const listen = (text: unknown): unknown => said.push(String(text));
      const ended = (code: number | null): void => {
        reject(new Error(`A lane ended with exit code ${String(code)}: ${said.join("").slice(-2_000)}`));
      };
      this.#child.stderr?.on("data", listen);
      this.#child.once("exit", ended);
      this.#child.once("message", (answer) => {
        this.#child.off("exit", ended);
        this.#child.stderr?.off("data", listen);
        resolve(answer);
      });
      this.#child.send(message);
    });
  }
}

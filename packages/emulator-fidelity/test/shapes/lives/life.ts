/** A tenant's scripted life: every operation with an answer is asked at least once, as a client would. */
import { z } from "zod";
import { operationOf } from "../../../src/replay/operations.ts";
import type { VendorName } from "../../../src/replay/recordings/recording.ts";

/** Sends a request to the tenant; the body of the answer parsed. */
export type Send = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly body: unknown }>;

/** Looks at the answer of a success. */
export type Look = (operation: string, body: unknown) => void;

const recordSchema = z.record(z.string(), z.unknown());

/** Asks a tenant and shows every answer to a looker. */
export class Life {
  readonly #vendor: VendorName;
  readonly #send: Send;
  readonly #look: Look;

  constructor(vendor: VendorName, send: Send, look: Look) {
    this.#vendor = vendor;
    this.#send = send;
    this.#look = look;
  }

  /** Sends a request that has to succeed; gives the body, an empty object where it is none. */
  async ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const answer = await this.#send(method, path, body);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
    }
    const operation = operationOf(this.#vendor, method, path);
    if (operation === undefined) throw new Error(`${method} ${path}: no operation of the tenant`);
    this.#look(operation, answer.body);
    const parsed = recordSchema.safeParse(answer.body);
    return parsed.success ? parsed.data : {};
  }

  /** As `ask`, for what answers with an id under this name. */
  async make(path: string, body: unknown, idKey = "id"): Promise<string> {
    return String((await this.ask("POST", path, body))[idKey]);
  }

  /** Reads several paths. */
  async read(...paths: readonly string[]): Promise<void> {
    for (const path of paths) await this.ask("GET", path);
  }
}

/** A process that serves, watched from here. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import { tenantAccessSchema, type TenantAccess } from "@ai-api-access/local/tenants/access.ts";

const memorySchema = z.object({ rss: z.number(), heapUsed: z.number() });
const messageSchema = z.union([z.object({ ready: tenantAccessSchema }), z.object({ memory: memorySchema })]);
export type ServerMessage = z.infer<typeof messageSchema>;

/** In bytes: what the system gave the process, and what JavaScript holds after a collection. */
export type Memory = z.infer<typeof memorySchema>;

export class ServedProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;

  /** Starts the process; it may be killed before it is ready. */
  constructor(folder: string) {
    this.#child = fork(join(import.meta.dirname, "server.ts"), [folder], {
      execArgv: ["--expose-gc"],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    this.#exited = once(this.#child, "exit");
  }

  /** @throws when it ended before it was ready */
  async ready(): Promise<TenantAccess> {
    const ended = this.#exited.then(() => {
      throw new Error("The tenants ended before they were ready.");
    });
    const message = messageSchema.parse(await Promise.race([this.#message(), ended]));
    if (!("ready" in message)) throw new Error("The tenants said something else than that they are ready.");
    return message.ready;
  }

  /** Collects garbage there and measures. */
  async memory(): Promise<Memory> {
    this.#child.send("memory");
    const message = messageSchema.parse(await this.#message());
    if (!("memory" in message)) throw new Error("The tenants answered something else than their memory.");
    return message.memory;
  }

  /** `kill -9`; resolves when it is dead. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#exited;
  }

  /** Ends it in order. */
  async close(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.#exited;
  }

  #message(): Promise<unknown> {
    return new Promise((resolve) => {
      this.#child.once("message", resolve);
    });
  }
}

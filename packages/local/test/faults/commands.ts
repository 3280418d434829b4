/** Commands of the local stack, in a process apart. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ranSchema, type Order, type Ran } from "./order.ts";

/**
 * Keeps a process for as long as its commands succeed, which saves loading the program each time. The next command
 * after one that failed has a new process, as its user's has: an inline program that failed can throw later on, into
 * whatever its process does then.
 */
export class Commands {
  #process: ChildProcess | undefined;

  async run(order: Order): Promise<Ran> {
    this.#process ??= fork(join(import.meta.dirname, "command-server.ts"), {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const server = this.#process;
    const complaints: string[] = [];
    const hear = (text: string) => complaints.push(text);
    server.stderr?.setEncoding("utf8").on("data", hear);
    const ended = new AbortController();
    try {
      server.send(order);
      const ran = await Promise.race([
        once(server, "message", { signal: ended.signal }).then(([message]) => ranSchema.parse(message)),
        once(server, "exit", { signal: ended.signal }).then((): Ran => ({
          ok: false,
          output: complaints.join(""),
        })),
      ]);
      if (!ran.ok) this.close();
      return ran;
    } finally {
      ended.abort();
      server.stderr?.off("data", hear);
    }
  }

  close(): void {
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
  }
}

import { setInterval } from "node:timers";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const WATCH_MS = 500;

/** Whether somebody wants the command to stop: by Ctrl-C, SIGTERM or SIGHUP, or because its parent process is gone. */
export class Interruption {
  readonly #abort = new AbortController();
  readonly #say: (line: string) => void;
  #stopped = "";
  #watch: NodeJS.Timeout | undefined;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** What to say about it; undefined as long as nobody has interrupted. */
  get stopped(): string | undefined {
    return this.#abort.signal.aborted ? this.#stopped : undefined;
  }

  /** From now on a signal of the system does not end the process but aborts this one. */
  watch(stopped = "Stopped."): AbortSignal {
    this.#stopped = stopped;
    if (this.#watch === undefined) {
      for (const name of SIGNALS) process.on(name, this.#stop);
      const parent = process.ppid;
      this.#watch = setInterval(() => {
        if (process.ppid !== parent) this.#stop();
      }, WATCH_MS).unref();
    }
    return this.#abort.signal;
  }

  end(): void {
    clearInterval(this.#watch);
    for (const name of SIGNALS) process.off(name, this.#stop);
  }

  readonly #stop = (): void => {
    if (this.#abort.signal.aborted) return;
    this.#say("\nStopping: what is under way is finished and saved.");
    this.#abort.abort();
  };
}

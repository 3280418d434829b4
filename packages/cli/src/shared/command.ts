import { spawn } from "node:child_process";

export interface CommandOptions {
  readonly cwd: string;
  /** Put over this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Ends it; it may still finish what is under way. */
  readonly signal?: AbortSignal;
  /**
   * How it is ended, SIGTERM by default. With SIGINT, the terminal's own Ctrl-C does not reach it: of two the engine
   * takes the second for force.
   */
  readonly endedBy?: "SIGTERM" | "SIGINT";
}

/** How a command ended. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  /** Both streams, as a terminal would show them. */
  readonly all: string;
}

/**
 * Runs a command to its end; nothing of it goes to this process's own streams.
 *
 * @throws the operating system's error when there is no such command
 */
export function run(file: string, args: readonly string[], options: CommandOptions): Promise<Ended> {
  const { cwd, env, signal, endedBy = "SIGTERM" } = options;
  return new Promise((ended, fail) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: endedBy === "SIGINT",
      // npm is a script on Windows, which only a shell starts; its arguments are ours.
      shell: process.platform === "win32" && file === "npm",
    });
    const stop = (): void => {
      child.kill(endedBy);
    };
    signal?.addEventListener("abort", stop, { once: true });
    const said = { stdout: "", all: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said.stdout += text;
      said.all += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said.all += text;
    });
    child.once("error", fail);
    child.once("close", (code) => {
      signal?.removeEventListener("abort", stop);
      ended({ code, ...said });
    });
  });
}

/** A server in a process of its own, so that it and its clients do not wait for each other. */
import { fork } from "node:child_process";
import { once } from "node:events";

interface Served {
  /** What it said when it was ready. */
  readonly said: unknown;
  readonly close: () => Promise<void>;
}

/**
 * Starts a server that sends one message when it is ready, and ends when it is disconnected.
 *
 * @param order the first message that it gets
 * @throws an error when it ends before it is ready
 */
export async function serve(file: string, order: object): Promise<Served> {
  const child = fork(file, { execArgv: [] });
  const ended = once(child, "exit");
  child.send(order);
  const said = await new Promise<unknown>((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", () => {
      reject(new Error(`${file} ended before it was ready.`));
    });
  });
  return {
    said,
    close: async () => {
      child.disconnect();
      await ended;
    },
  };
}

/** Claim: a plugin ends with its engine, and not because its engine is slow. */
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { EngineLink } from "../src/engine.ts";

const READY_MS = 50;

let silent: Server;
let taken: Socket[];
let address: string;
let ended: number[];
let link: EngineLink;
beforeEach(async () => {
  jest.spyOn(console, "error").mockImplementation(() => undefined);
  // Takes connections, and says nothing: as an engine that gets no time on a busy machine.
  taken = [];
  silent = createServer((socket) => taken.push(socket)).listen(0, "127.0.0.1");
  await once(silent, "listening");
  address = `127.0.0.1:${String(portOf(silent))}`;
  ended = [];
  link = new EngineLink((code) => ended.push(code), READY_MS);
});
afterEach(async () => {
  leave();
  await ending();
  jest.restoreAllMocks();
});

/** Waits until the link has seen that nobody is there. */
async function ending(): Promise<void> {
  while (ended.length === 0) await wait(READY_MS);
}

function leave(): void {
  silent.close();
  for (const socket of taken) socket.destroy();
}

function portOf(server: Server): number {
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("The server has no port.");
  return bound.port;
}

test("an engine that takes its time is waited for", async () => {
  link.connect(address);
  await wait(10 * READY_MS);
  expect(ended).toEqual([]);
});

test("with nobody at the engine's address it ends, and says why", async () => {
  leave();
  link.connect(address);
  await ending();
  expect(ended).toEqual([1]);
  expect(console.error).toHaveBeenCalledWith("The engine that started this plugin has gone: ending.");
});

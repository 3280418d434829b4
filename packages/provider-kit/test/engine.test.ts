/** Claim: on the real engine a served provider can finish partly, shows its progress, and ends when the engine does. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { change } from "@ai-api-access/local/engine/change.ts";
import { engineStack } from "@ai-api-access/testing/engine-stack.ts";
import type { EngineStack } from "@ai-api-access/testing/engine-stack.ts";

/** Steps of a tenth of a second each; `refuse` is the one that fails. */
class Work extends pulumi.CustomResource {
  declare readonly done: pulumi.Output<number>;
  constructor(name: string, work: { steps: number; refuse?: number; secrets?: pulumi.Input<string>[] }) {
    super("worker:index:Work", name, { ...work, done: undefined });
  }
}

const plugin = { name: "worker", path: fileURLToPath(new URL("./worker-plugin", import.meta.url)) };

let declared: ConstructorParameters<typeof Work>[1];
let done: number | undefined;
let engine: EngineStack;

beforeEach(async () => {
  const log = join(process.env.TMPDIR ?? "/tmp", `worker-${String(process.pid)}-${String(Date.now())}.log`);
  engine = await engineStack({
    program: () => {
      new Work("work", declared).done.apply((steps) => (done = steps));
      return Promise.resolve({});
    },
    plugins: [plugin],
    environment: { WORKER_LOG: log },
  });
  logFile = log;
});
afterEach(() => {
  engine.remove();
  rmSync(logFile, { force: true });
});

let logFile = "";
const log = (): string[] => (existsSync(logFile) ? readFileSync(logFile, "utf8").trim().split("\n") : []);
const steps = () => log().filter((line) => line.startsWith("step "));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean, seconds: number): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  while (!condition() && Date.now() < end) await sleep(50);
  return condition();
}

/** The plugin's process and the engine's, as the plugin notes them when it starts to work. */
async function processes(): Promise<[plugin: number, engine: number]> {
  await until(() => steps().length > 0, 120);
  const [, plugin = "", parent = ""] = /process (\d+) of (\d+)/.exec(log().join("\n")) ?? [];
  return [Number(plugin), Number(parent)];
}

describe("a provider on the real engine", () => {
  test("that finishes partly is stored as far as it got, and finished by the next up", async () => {
    declared = { steps: 4, refuse: 3 };
    await expect(change(engine.stack, "up")).rejects.toThrow("step 3 was refused");
    expect(steps()).toEqual(["step 1", "step 2"]);
    declared = { steps: 4 };
    expect(await change(engine.stack, "up")).toMatchObject({ update: 1 });
    expect(done).toBe(4);
    expect(steps()).toEqual(["step 1", "step 2", "step 3", "step 4"]);
  });

  test("shows its progress, keeps secrets out of the state, and is gone after the run", async () => {
    declared = { steps: 2, secrets: [pulumi.secret("hush-hush")] };
    const said: string[] = [];
    await change(engine.stack, "up", { onOutput: (text) => said.push(text) });
    expect(said.join("")).toContain("step 2 of 2");
    expect(engine.stateText()).toContain("worker:index:Work");
    expect(engine.stateText()).not.toContain("hush-hush");
    const [worker] = await processes();
    expect(await until(() => !isAlive(worker), 60)).toBe(true);
  });

  test("stops when it is cancelled, and what it did is stored", async () => {
    declared = { steps: 200 };
    const run = change(engine.stack, "up").catch((error: unknown) => String(error));
    const [worker, parent] = await processes();
    process.kill(parent, "SIGINT");
    expect(await run).toMatch(/stopped after step \d+/);
    expect(steps().length).toBeLessThan(200);
    expect(engine.stateText()).toContain('"done"');
    expect(await until(() => !isAlive(worker), 60)).toBe(true);
  });

  test("ends by itself when the engine is killed", async () => {
    declared = { steps: 200 };
    const run = change(engine.stack, "up").catch((error: unknown) => String(error));
    const [worker, parent] = await processes();
    process.kill(parent, "SIGKILL");
    await run;
    expect(await until(() => !isAlive(worker), 60)).toBe(true);
    expect(log().at(-1)).toMatch(/stopped after step/);
    expect(steps().length).toBeLessThan(200);
  });
});

/**
 * A provider of one resource type, `worker:index:Work`, that does a number of steps of a tenth of a second each. It
 * notes what it does, and in which process, in the file named by WORKER_LOG.
 */
import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ResourceInitFailed, serve } from "../../src/index.ts";

const note = (line) => {
  appendFileSync(process.env.WORKER_LOG, `${line}\n`);
};

await serve((engine) => {
  /** Does the steps after `done`; the one named by `refuse` fails. */
  async function work({ urn, inputs, done }) {
    note(`process ${process.pid} of ${process.ppid}`);
    for (let step = done + 1; step <= inputs.steps; step += 1) {
      const state = { ...inputs, done: step - 1 };
      if (engine.cancelled.aborted) {
        note(`stopped after step ${step - 1}`);
        throw new ResourceInitFailed("work", state, [`stopped after step ${step - 1}`]);
      }
      if (step === inputs.refuse) throw new ResourceInitFailed("work", state, [`step ${step} was refused`]);
      await sleep(100);
      note(`step ${step}`);
      engine.log("info", `step ${step} of ${inputs.steps}`, { urn, ephemeral: true });
    }
    return { ...inputs, done: inputs.steps };
  }

  return {
    version: "1.0.0",
    configure: () => undefined,
    check: ({ inputs }) => ({ inputs }),
    diff: ({ state, inputs }) => ({
      changes: state.done === inputs.steps ? [] : [{ path: "steps", kind: "update" }],
    }),
    async create({ urn, inputs, preview }) {
      return preview
        ? { id: "", state: inputs }
        : { id: "work", state: await work({ urn, inputs, done: 0 }) };
    },
    async read({ id, known }) {
      return known && { id, ...known };
    },
    async update({ urn, inputs, state, preview }) {
      return { state: preview ? inputs : await work({ urn, inputs, done: state.done }) };
    },
    async delete() {},
  };
});

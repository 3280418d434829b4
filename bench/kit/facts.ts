import { availableParallelism, cpus, loadavg } from "node:os";
import type { Tools } from "../stacks/tools.ts";

/** When and on what was measured, in one line. */
export function factsOf({ engine, providers }: Tools): string {
  const plugins = { official: "the official provider plugins", "stand-in": "the stand-in provider plugins" };
  return [
    new Date().toISOString().slice(0, 10),
    `Pulumi CLI ${engine.version}`,
    `Node ${process.versions.node}`,
    plugins[providers.kind],
    `${String(availableParallelism())} × ${cpus()[0]?.model.trim() ?? "unknown CPU"}`,
    `${process.platform}-${process.arch}`,
    // What else the machine is busy with moves every time here, the bench's own 1 or 2 included.
    `load ${(loadavg()[0] ?? 0).toFixed(1)}`,
  ].join(" · ");
}

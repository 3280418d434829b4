/**
 * `npm run soak`: the tests that take minutes of kills, faults and random histories. SOAK_SEED repeats a run,
 * SOAK_RUNS says how much of each (default 200); what follows are jest's own arguments.
 */
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";

const seed = process.env.SOAK_SEED ?? String(randomInt(2 ** 31));
const runs = process.env.SOAK_RUNS ?? "200";
console.log(`SOAK_SEED=${seed} SOAK_RUNS=${runs}   (npm run soak with these repeats this run)`);
const jest = [
  "--experimental-vm-modules",
  "--no-warnings=ExperimentalWarning",
  "node_modules/jest/bin/jest.js",
];
const { status } = spawnSync(
  process.execPath,
  [...jest, "--config", "jest.soak.config.mjs", ...process.argv.slice(2)],
  { stdio: "inherit", env: { ...process.env, SOAK_SEED: seed, SOAK_RUNS: runs } },
);
if (status !== 0) console.log(`Failed with SOAK_SEED=${seed} SOAK_RUNS=${runs}`);
process.exitCode = status ?? 1;

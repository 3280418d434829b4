/** What the commands of both emulators share: one tenant, from a shell, until it is stopped. */
import { parseArgs } from "node:util";
import { codeOf, messageOf, UserError } from "@ai-api-access/user-error";
import { hostsOf } from "./http/host-names.ts";
import { writeWhole } from "./machine/files.ts";
import type { RunningTenant, StartOptions } from "./tenant.ts";

/** What the flags of a command say. */
interface BinOptions extends StartOptions {
  readonly file: string;
  readonly port: number;
}

interface Bin {
  readonly command: string;
  /** `Auth0 tenant`. */
  readonly what: string;
  readonly port: number;
  /** Starts it, and says how clients find it and what they need: lines to print, and variables with secrets. */
  readonly start: (options: BinOptions) => Promise<{
    readonly tenant: RunningTenant;
    readonly lines: readonly string[];
    readonly variables: Readonly<Record<string, string | undefined>>;
  }>;
}

/** Runs the command of an emulator. Mistakes of its user are printed without a stack trace, with exit code 1. */
export async function runBin(bin: Bin): Promise<void> {
  try {
    await serve(bin);
  } catch (error) {
    const known = error instanceof UserError || /^(?:E[A-Z]+$|ERR_PARSE_ARGS)/.test(codeOf(error) ?? "");
    if (!known) throw error;
    console.error(messageOf(error));
    if (error instanceof UserError && error.next !== undefined) console.error(error.next);
    process.exitCode = 1;
  }
}

async function serve({ command, what, port, start }: Bin): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: String(port) },
      host: { type: "string", multiple: true, default: [] },
      seed: { type: "string" },
      data: { type: "string", default: ":memory:" },
      "write-env": { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(helpOf(command, what, port));
    return;
  }
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
    throw new UserError(`--port got ${JSON.stringify(values.port)} and wants a number from 0 to 65535.`);
  }
  const { seed, data: file } = values;
  const started = await start({ file, port: Number(values.port), seed, ...hostsOf(values.host) });
  const { tenant, lines: shown, variables } = started;
  const envFile = values["write-env"];
  if (envFile !== undefined) {
    const all = { ...variables, AI_API_ACCESS_ADMIN_TOKEN: tenant.adminToken };
    const lines = Object.entries<string | undefined>(all).map(([name, value = ""]) => `${name}=${value}\n`);
    try {
      writeWhole(envFile, lines.join(""));
    } catch (error) {
      await tenant.close();
      throw error;
    }
  }
  console.log(
    [`Local ${what}  ${tenant.origin}  (a stand-in, not the vendor's service)`, ...shown].join("\n"),
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void tenant.close());
  }
}

function helpOf(command: string, what: string, port: number): string {
  return `Usage: ${command} [options]

Serves a local ${what} until stopped.

  --port <port>      0 for any; default: ${String(port)}
  --host <host>      a name to be reached by in place of localhost, or an address to listen on besides loopback
                     (0.0.0.0 for all); one of each
  --seed <file>      YAML: what a new tenant holds besides what every tenant does
  --data <file>      keeps the tenant in a file; without it, it ends with the command
  --write-env <file> writes what clients need (NAME=value, secrets too), for its user alone
  --help             shows this`;
}

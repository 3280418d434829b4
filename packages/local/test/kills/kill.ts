/** Kills a part of `npm start` in the middle of its work, starts again, and says what became of it. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent, request } from "undici";
import { z } from "zod";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { tenantAccessSchema } from "@ai-api-access/local/tenants/access.ts";
import { leftAfter, processTree, type Process } from "@ai-api-access/testing/processes.ts";

/** What is killed. */
export const VICTIMS = ["CLI", "auth0 stand-in", "okta stand-in", "tenants", "npm start"] as const;
export type Victim = (typeof VICTIMS)[number];

/** How its process is recognized, by its command line. */
const COMMANDS: Record<Victim, RegExp> = {
  CLI: /\/pulumi up /,
  "auth0 stand-in": /pulumi-resource-auth0|providers\/auth0/,
  "okta stand-in": /pulumi-resource-okta|providers\/okta/,
  tenants: /tenants\/process\.ts/,
  "npm start": /cli\/src\/main\.ts local start/,
};

export interface Started {
  readonly code: number | null;
  readonly output: string;
}

/** `npm start` on a twin's home, without npm. */
export function start(home: string): { child: ChildProcess; done: Promise<Started> } {
  const child = spawn(
    process.execPath,
    [join(repositoryRoot, "packages/cli/src/main.ts"), "local", "start", "--providers", "stand-in"],
    {
      env: { ...process.env, AI_API_ACCESS_TWIN: home },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => said.push(String(text)));
  const done = once(child, "close").then(() => ({ code: child.exitCode, output: said.join("") }));
  return { child, done };
}

export interface Kill {
  readonly killed: Process;
  readonly output: string;
  /** What lives on long after. */
  readonly left: readonly Process[];
}

/**
 * Starts, and kills the victim (`kill -9`) as soon as the tenants have got so many writes.
 *
 * @returns `undefined` when the run was over before
 */
export async function killInTheMiddle(
  home: string,
  victim: Victim,
  afterWrites: number,
): Promise<Kill | undefined> {
  const { child, done } = start(home);
  while (child.exitCode === null && (await writesSoFar(home)) < afterWrites) await sleep(5);
  if (child.exitCode !== null || child.pid === undefined) return undefined;
  const tree = await processTree(child.pid);
  const killed = tree.find(({ command }) => COMMANDS[victim].test(command) && !command.includes("/guard/"));
  if (killed === undefined) {
    await done;
    return undefined;
  }
  process.kill(killed.pid, "SIGKILL");
  const { output } = await done;
  return { killed, output, left: await leftAfter(25_000, tree) };
}

const logSchema = z.array(z.object({ method: z.string(), path: z.string() }));

/** Writes that the tenants of a home have got since they serve; none while they do not. */
async function writesSoFar(home: string): Promise<number> {
  const note = join(home, "tenants", "running.json");
  if (!existsSync(note)) return 0;
  const { auth0, okta, adminToken, caFile } = tenantAccessSchema.parse(
    JSON.parse(readFileSync(note, "utf8")),
  );
  const dispatcher = new Agent({ connect: { ca: readFileSync(caFile) } });
  const headers = { authorization: `Bearer ${adminToken}` };
  try {
    const logs = await Promise.all(
      [auth0, okta].map(async ({ origin }) => {
        const { body } = await request(`${origin}/_twin/requests`, { dispatcher, headers });
        return logSchema.parse(await body.json());
      }),
    );
    return logs.flat().filter(({ method, path }) => method !== "GET" && !path.includes("/oauth/token"))
      .length;
  } catch {
    // They are coming up or going down.
    return 0;
  } finally {
    await dispatcher.destroy();
  }
}

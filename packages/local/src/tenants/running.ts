/** Finds the tenants of a home that serve already, and starts them in a process of their own if none do. */
import { fork } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { Agent, request } from "undici";
import { z } from "zod";
import { tenantAccessSchema, type TenantAccess } from "./access.ts";
import { writeWhole } from "@ai-api-access/emulator-core/machine/files.ts";

const answerSchema = z.object({ pid: z.number().int() });

/** A running pair; `close` ends it if this process started it. */
export interface RunningTenants {
  readonly access: TenantAccess;
  close(): Promise<void>;
}

function noteFile(folder: string): string {
  return join(folder, "running.json");
}

/** Notes for other commands that this pair serves; taken back by `forgetTenants`. */
export function announceTenants(folder: string, access: TenantAccess): void {
  writeWhole(noteFile(folder), JSON.stringify(access));
}

export function forgetTenants(folder: string): void {
  rmSync(noteFile(folder), { force: true });
}

/** Tenants that are gone refuse at once; those of a busy machine may take their time. */
const PATIENCE_MS = 20_000;

/** The pair that serves this folder at the moment; a note that a killed process left is not believed. */
export async function findTenants(folder: string): Promise<TenantAccess | undefined> {
  const file = noteFile(folder);
  if (!existsSync(file)) return undefined;
  let dispatcher: Agent | undefined;
  try {
    const noted = tenantAccessSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    const { pid, auth0, okta, caFile } = noted;
    dispatcher = new Agent({ connect: { ca: readFileSync(caFile) } });
    for (const origin of [auth0.origin, okta.origin]) {
      // Every tenant answers as localhost; another name that it has need not lead anywhere from here.
      const here = Object.assign(new URL("/_twin", origin), { hostname: "localhost" });
      const { body } = await request(here, { dispatcher, headersTimeout: PATIENCE_MS });
      if (answerSchema.parse(await body.json()).pid !== pid) return undefined;
    }
    return noted;
  } catch {
    return undefined;
  } finally {
    await dispatcher?.destroy();
  }
}

/** What the process of the tenants says when it is ready, or why it cannot be. */
const messageSchema = z.union([
  z.object({ ready: tenantAccessSchema }),
  z.object({ notice: z.string() }),
  z.object({ failed: z.string() }),
]);

/** The tenants of a folder: those that serve already, else a pair in a new process that ends with this one. */
export async function ensureTenants(
  folder: string,
  onNotice: (line: string) => void,
): Promise<RunningTenants> {
  const found = await findTenants(folder);
  if (found !== undefined) return { access: found, close: () => Promise.resolve() };

  const child = fork(join(import.meta.dirname, "process.ts"), [folder], {
    // A Ctrl-C of the terminal reaches the whole group; the tenants go on until the engine is done with them.
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = new Promise<void>((done) =>
    child.once("exit", () => {
      done();
    }),
  );
  const access = await new Promise<TenantAccess>((ready, fail) => {
    child.once("error", fail);
    child.once("exit", (code) => {
      fail(new UserError(`The local tenants ended at once (exit code ${String(code)}).`));
    });
    child.on("message", (raw) => {
      const message = messageSchema.parse(raw);
      if ("ready" in message) ready(message.ready);
      else if ("notice" in message) onNotice(message.notice);
      else fail(new UserError(message.failed));
    });
  });
  return {
    access,
    async close() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

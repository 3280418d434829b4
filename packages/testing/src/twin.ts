/**
 * A local twin of a test's own: tenants in this process on free ports, a home in a temporary folder, the real
 * engine, the program of this repository.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { request, Agent } from "undici";
import type { z } from "zod";
import type { Changes } from "@ai-api-access/local/engine/change.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { twinHome, type TwinHome } from "@ai-api-access/local/home.ts";
import type { ConfigValues } from "@ai-api-access/local/project.ts";
import type { Providers } from "@ai-api-access/local/providers.ts";
import { announceTenants } from "@ai-api-access/local/tenants/running.ts";
import { serveTenants, type ServedTenants } from "@ai-api-access/local/tenants/serve.ts";
import { openTwin, type Command, type RunOptions, type Twin } from "@ai-api-access/local/twin.ts";
import * as config from "../../../src/config/index.ts";
import { declareStack } from "../../../src/stack.ts";
import { engine } from "./engine.ts";
import { SECRETS_PROVIDER } from "./vault.ts";
import { servePlugins, settingsFor, type ServedPlugins } from "./served-plugins.ts";

/** What a run did: counts by operation, and everything that the engine said. */
export interface Run {
  readonly changes: Changes;
  readonly output: string;
}

/** A run that failed although the test expects it to succeed, with everything that the engine said. */
class FailedRun extends Error {
  constructor(output: string, cause: unknown) {
    super(`The run failed. The engine said:\n${output}`, { cause });
  }
}

export class TestTwin {
  readonly home: TwinHome;
  readonly tenants: ServedTenants;

  #plugins: Promise<ServedPlugins> | undefined;

  private constructor(home: TwinHome, tenants: ServedTenants) {
    this.home = home;
    this.tenants = tenants;
  }

  static async start(): Promise<TestTwin> {
    const home = twinHome(mkdtempSync(join(tmpdir(), "ai-api-access-")));
    const tenants = await serveTenants({ folder: home.tenants, firstPorts: { auth0: 0, okta: 0 } });
    announceTenants(home.tenants, tenants.access);
    return new TestTwin(home, tenants);
  }

  /** A home of its own on the same tenants, for another stack. It is only removed: the tenants are not its own. */
  beside(): TestTwin {
    const home = twinHome(mkdtempSync(join(tmpdir(), "ai-api-access-")));
    announceTenants(home.tenants, this.tenants.access);
    return new TestTwin(home, this.tenants);
  }

  /** The home of a twin that is stopped, with its tenants served by this process again. */
  async reopened(): Promise<TestTwin> {
    const tenants = await serveTenants({ folder: this.home.tenants });
    announceTenants(this.home.tenants, tenants.access);
    return new TestTwin(this.home, tenants);
  }

  /** The stand-ins, in this process. */
  async providers(): Promise<Providers> {
    this.#plugins ??= servePlugins(settingsFor(this.tenants.access));
    return (await this.#plugins).providers;
  }

  /** The stack with some keys of its config replaced. */
  async open(overrides: ConfigValues = {}): Promise<Twin> {
    return openTwin({
      home: this.home,
      engine: await engine(),
      program: { ...config, declareStack },
      providers: await this.providers(),
      access: this.tenants.access,
      config: overrides,
      secretsProvider: SECRETS_PROVIDER,
    });
  }

  /** Runs in this process, plugins and all; a run that is expected to fail is a `command`. */
  async run(command: Command, overrides: ConfigValues = {}, options: RunOptions = {}): Promise<Run> {
    const said: string[] = [];
    const twin = await this.open(overrides);
    try {
      const changes = await twin.run(command, { ...options, onOutput: (text) => said.push(text) });
      return { changes, output: said.join("") };
    } catch (error) {
      throw new FailedRun(said.join(""), error);
    }
  }

  /** Runs `npx ai-api-access local COMMAND` as a person would, in a process of its own. */
  async command(command: string, overrides: ConfigValues = {}): Promise<{ code: number; output: string }> {
    const config = Object.entries(overrides).flatMap(([key, value]) => [
      "-c",
      `${key}=${JSON.stringify(value)}`,
    ]);
    const script = join(repositoryRoot, "packages/cli/src/main.ts");
    const child = spawn(process.execPath, [script, "local", ...command.split(" "), ...config], {
      env: { ...process.env, AI_API_ACCESS_TWIN: this.home.folder },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => said.push(String(text)));
    await once(child, "close");
    return { code: child.exitCode ?? -1, output: said.join("") };
  }

  /** What the tenants hold, logs and proofs that were used aside. */
  holdings(): string {
    const held = [this.tenants.auth0.snapshot(), this.tenants.okta.snapshot()];
    return JSON.stringify(
      held.flatMap(({ collections }) =>
        Object.entries(collections).filter(([name]) => name !== "used_proofs"),
      ),
    );
  }

  /** The writes that reached the tenants since the last `clearRequests`: `POST /api/v2/roles`. */
  writes(): string[] {
    return this.requests().filter((line) => !line.startsWith("GET ") && !line.includes("/oauth/token"));
  }

  requests(): string[] {
    return [...this.tenants.auth0.requests(), ...this.tenants.okta.requests()].map(
      ({ method, path }) => `${method} ${path}`,
    );
  }

  clearRequests(): void {
    this.tenants.auth0.clearRequests();
    this.tenants.okta.clearRequests();
  }

  /** Calls a tenant by hand, as somebody at its dashboard or with its API would. */
  async byHand(
    vendor: "auth0" | "okta",
    method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE",
    path: string,
    body?: unknown,
  ): Promise<unknown> {
    const { auth0, okta, caFile } = this.tenants.access;
    const dispatcher = new Agent({ connect: { ca: readFileSync(caFile) } });
    const [base, authorization] =
      vendor === "auth0"
        ? [`${auth0.origin}/api/v2`, `Bearer ${auth0.apiToken}`]
        : [`${okta.origin}/api/v1`, `SSWS ${okta.apiToken}`];
    try {
      const answer = await request(`${base}${path}`, {
        dispatcher,
        method,
        headers: { authorization, ...(body === undefined ? {} : { "content-type": "application/json" }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.body.text();
      if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
      return text === "" ? undefined : JSON.parse(text);
    } finally {
      await dispatcher.close();
    }
  }

  /** Reads from a tenant, as somebody with its API would. */
  async read<T>(vendor: "auth0" | "okta", path: string, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await this.byHand(vendor, "GET", path));
  }

  /** Everything that the engine keeps on disk for this stack, as text. */
  stateText(): string {
    return readdirSync(this.home.state, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
      .join("\n");
  }

  /** Ends the tenants; the home stays. */
  async stop(): Promise<void> {
    await this.#closePlugins();
    await this.tenants.close();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.remove();
  }

  /** Takes the home away, of a twin that is stopped or stands beside another one. */
  async remove(): Promise<void> {
    await this.#closePlugins();
    rmSync(this.home.folder, { recursive: true, force: true });
  }

  async #closePlugins(): Promise<void> {
    const plugins = await this.#plugins;
    this.#plugins = undefined;
    plugins?.close();
  }
}

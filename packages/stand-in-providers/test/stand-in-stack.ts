/**
 * A stack of a test's own on the real engine, with the stand-ins for the provider plugins and tenants in this
 * process.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { Agent, fetch } from "undici";
import { startAuth0Tenant } from "@ai-api-access/emulator-auth0";
import type { Auth0Tenant } from "@ai-api-access/emulator-auth0";
import { startOktaTenant } from "@ai-api-access/emulator-okta";
import type { OktaTenant } from "@ai-api-access/emulator-okta";
import { change, type Changes } from "@ai-api-access/local/engine/change.ts";
import { standIns } from "@ai-api-access/local/providers.ts";
import { engineStack } from "@ai-api-access/testing/engine-stack.ts";
import type { EngineStack } from "@ai-api-access/testing/engine-stack.ts";
import { servePlugins } from "@ai-api-access/testing/served-plugins.ts";
import { testTls } from "@ai-api-access/testing/tls.ts";

/** A request that a tenant got. */
export interface Sent {
  readonly api: "auth0" | "okta";
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

export class StandInStack {
  readonly auth0: Auth0Tenant;
  readonly okta: OktaTenant;
  readonly #engine: EngineStack;
  readonly #dispatcher: Agent;

  private constructor(engine: EngineStack, auth0: Auth0Tenant, okta: OktaTenant, ca: string) {
    this.#engine = engine;
    this.auth0 = auth0;
    this.okta = okta;
    this.#dispatcher = new Agent({ connect: { ca } });
  }

  get stack(): Stack {
    return this.#engine.stack;
  }

  /** `environment` is what plugins in processes of their own find; without it this process serves them. */
  static async start(
    program: PulumiFn,
    environment?: Readonly<Record<string, string>>,
  ): Promise<StandInStack> {
    const tls = testTls();
    const auth0 = await startAuth0Tenant({ file: ":memory:", tls });
    const okta = await startOktaTenant({ file: ":memory:" });
    const folder = mkdtempSync(join(tmpdir(), "stand-in-stack-"));
    const caFile = join(folder, "ca.pem");
    writeFileSync(caFile, tls.cert);
    const tokens = { auth0: auth0.management.apiToken, okta: okta.apiToken };
    const plugins = await servePlugins({
      auth0: { domain: auth0.domain, apiToken: tokens.auth0 },
      okta: { httpProxy: okta.origin, apiToken: tokens.okta },
      caFile,
    });
    const { paths, environment: ofThePlugins } = environment === undefined ? plugins.providers : standIns();
    const engine = await engineStack({
      program,
      plugins: paths,
      environment: {
        ...ofThePlugins,
        AUTH0_API_TOKEN: tokens.auth0,
        OKTA_API_TOKEN: tokens.okta,
        ...environment,
      },
    });
    const remove = () => {
      plugins.close();
      engine.remove();
      rmSync(folder, { recursive: true, force: true });
    };
    return new StandInStack({ ...engine, remove }, auth0, okta, tls.cert);
  }

  /** Brings about a change, and counts what changed by operation. */
  change(command: Parameters<typeof change>[1]): Promise<Changes> {
    return change(this.stack, command);
  }

  /** What reached the tenants since the last call of this. */
  takeRequests(): Sent[] {
    const sent = [
      ...this.auth0.requests().map((request): Sent => ({ api: "auth0", ...request })),
      ...this.okta.requests().map((request): Sent => ({ api: "okta", ...request })),
    ];
    this.auth0.clearRequests();
    this.okta.clearRequests();
    return sent;
  }

  /** Calls a tenant by hand; gives the body, and throws on a refusal. */
  async call(api: Sent["api"], method: string, path: string, body?: object): Promise<unknown> {
    const { origin } = this[api];
    const authorization =
      api === "auth0" ? `Bearer ${this.auth0.management.apiToken}` : `SSWS ${this.okta.apiToken}`;
    const answer = await fetch(new URL(path, origin), {
      method,
      dispatcher: this.#dispatcher,
      headers: { authorization, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${String(answer.status)} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  /** Everything that the engine keeps on disk for this stack, as text. */
  stateText(): string {
    return this.#engine.stateText();
  }

  /** The resources in the state. */
  checkpoint(): unknown {
    return this.#engine.checkpoint();
  }

  async close(): Promise<void> {
    await this.#dispatcher.close();
    await this.auth0.close();
    await this.okta.close();
    this.#engine.remove();
  }
}

import { connect } from "node:net";
import grpc from "@grpc/grpc-js";
import engines from "@pulumi/pulumi/proto/engine_pb.js";
import engineService from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { Engine, LogOptions, Severity } from "./provider.ts";

/** How often to look whether the process that started us is still our parent, in milliseconds. */
const PARENT_INTERVAL = 500;
/** How long the engine may take to answer a new connection before we look whether it is there, in milliseconds. */
const READY = 5_000;
/** How long work under way may go on after the engine has gone, in milliseconds. */
const GRACE = 5_000;

/**
 * The line to the engine: log, cancellation, and an end when the engine has gone.
 *
 * An engine that is killed does not end its plugins, so a plugin must notice by itself: its parent process
 * changes (not on Windows), or a log line cannot be delivered.
 */
export class EngineLink implements Engine {
  readonly #abort = new AbortController();
  readonly #exit: (code: number) => void;
  #client: EngineClient | undefined;
  #running = 0;
  #ending = false;

  readonly #ready: number;

  constructor(exit: (code: number) => void = (code) => process.exit(code), ready = READY) {
    this.#exit = exit;
    this.#ready = ready;
  }

  get cancelled(): AbortSignal {
    return this.#abort.signal;
  }

  /** Uses the engine at `address` (`host:port`) from now on. */
  connect(address: string): void {
    if (address === "") return;
    this.#client?.close();
    this.#client = new engineService.EngineClient(address, grpc.credentials.createInsecure());
    this.#awaitEngine(this.#client, address);
  }

  /**
   * An engine that was killed while this process came up was never its parent, and nobody listens at its address. One
   * on a busy machine may take its time, and is there.
   */
  #awaitEngine(client: EngineClient, address: string): void {
    client.waitForReady(Date.now() + this.#ready, (error) => {
      if (!error || client !== this.#client || this.#ending) return;
      const { hostname, port } = new URL(`tcp://${address}`);
      const probe = connect({ host: hostname, port: Number(port) });
      probe.once("connect", () => {
        probe.destroy();
        this.#awaitEngine(client, address);
      });
      probe.once("error", () => {
        this.#engineGone();
      });
    });
  }

  log(severity: Severity, message: string, options: LogOptions = {}): void {
    const client = this.#client;
    if (client === undefined) {
      // Started by hand; the engine shows what a plugin writes to stderr with --debug only.
      console.error(`${severity}: ${message}`);
      return;
    }
    const line = new engines.LogRequest()
      .setSeverity(severityCode(severity))
      .setMessage(message)
      .setUrn(options.urn ?? "")
      .setEphemeral(options.ephemeral ?? false);
    client.log(line, (error) => {
      if (error?.code === grpc.status.UNAVAILABLE) this.#engineGone();
    });
  }

  cancel(): void {
    this.#abort.abort(new Error("the engine asked to stop"));
  }

  /** Does work and counts it as under way until it ends, so that an interrupt does not cut it off. */
  async track<T>(work: () => Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      // Once the answer has had time to leave.
      if (this.#ending && this.#running === 0) {
        setTimeout(() => {
          this.#exit(0);
        }, 100);
      }
    }
  }

  /**
   * Ends this process with the engine. The engine interrupts its plugins after every run, once it has called
   * `cancel`; what is under way then is let finish (the engine kills what takes longer than five seconds).
   */
  endWithEngine(): void {
    const interrupted = () => {
      this.#ending = true;
      if (this.#running === 0) this.#exit(0);
    };
    process.on("SIGINT", interrupted);
    process.on("SIGTERM", () => {
      this.#exit(0);
    });
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) this.#engineGone();
    }, PARENT_INTERVAL).unref();
  }

  #engineGone(): void {
    if (this.#ending) return;
    this.#ending = true;
    // An engine that is there after all shows it.
    console.error("The engine that started this plugin has gone: ending.");
    this.#client?.close();
    this.#client = undefined;
    this.#abort.abort(new Error("the engine has gone"));
    if (this.#running === 0) this.#exit(1);
    else {
      setTimeout(() => {
        this.#exit(1);
      }, GRACE);
    }
  }
}

function severityCode(severity: Severity) {
  const codes = engines.LogSeverity;
  return { debug: codes.DEBUG, info: codes.INFO, warning: codes.WARNING, error: codes.ERROR }[severity];
}

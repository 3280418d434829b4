/** The policy pack, run as Pulumi's language host runs it, and asked as the engine asks it. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import grpc from "@grpc/grpc-js";
import services, { type AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";

export const PACK = join(repositoryRoot, "policy");

export type Properties = Record<string, JavaScriptValue>;

/** A resource as the engine shows it to a pack. */
export interface Shown {
  readonly type: string;
  readonly name?: string;
  readonly properties: Properties;
  readonly protect?: boolean;
  readonly stack?: string;
}

export class ServedPack {
  readonly #process: ChildProcess;
  readonly #client: AnalyzerClient;

  private constructor(process: ChildProcess, client: AnalyzerClient) {
    this.#process = process;
    this.#client = client;
  }

  static async start(): Promise<ServedPack> {
    const runner = join(repositoryRoot, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
    // No engine listens there: a pack speaks to it only to log.
    const child = spawn(process.execPath, [runner, "127.0.0.1:1", PACK], {
      cwd: PACK,
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const line of createInterface(child.stdout)) {
      const client = new services.AnalyzerClient(`127.0.0.1:${line}`, grpc.credentials.createInsecure());
      return new ServedPack(child, client);
    }
    throw new Error("The pack ended before it served.");
  }

  /** The names of its rules, sorted. */
  rules(): Promise<string[]> {
    return new Promise((done, fail) => {
      this.#client.getAnalyzerInfo(new empty.Empty(), (error, info) => {
        if (error) fail(error);
        else
          done(
            info
              .getPoliciesList()
              .map((policy) => policy.getName())
              .sort(),
          );
      });
    });
  }

  /** Sets the configuration of some policies, as `--policy-pack-config` does; the others have none then. */
  async configure(policies: Readonly<Record<string, Properties>>): Promise<void> {
    const request = new messages.ConfigureAnalyzerRequest();
    for (const [name, properties] of Object.entries(policies)) {
      const config = new messages.PolicyConfig();
      config.setEnforcementlevel(messages.EnforcementLevel.MANDATORY);
      config.setProperties(struct.Struct.fromJavaScript(properties));
      request.getPolicyconfigMap().set(name, config);
    }
    await new Promise<void>((done, fail) => {
      this.#client.configure(request, (error) => {
        if (error) fail(error);
        else done();
      });
    });
  }

  /** The names of the policies that a resource violates. */
  async violations(shown: Shown): Promise<string[]> {
    const answer = await this.#analyze(shown);
    return answer.getDiagnosticsList().map((diagnostic) => diagnostic.getPolicyname());
  }

  /** What is reported of a resource, and how serious it is. */
  async messages(shown: Shown): Promise<string[]> {
    const answer = await this.#analyze(shown);
    return answer
      .getDiagnosticsList()
      .map((diagnostic) => `${String(diagnostic.getEnforcementlevel())} ${diagnostic.getMessage()}`);
  }

  #analyze({
    type,
    name = "x",
    properties,
    protect = false,
    stack = "dev",
  }: Shown): Promise<AnalyzeResponse> {
    const options = new messages.AnalyzerResourceOptions();
    options.setProtect(protect);
    const request = new messages.AnalyzeRequest();
    request.setType(type);
    request.setName(name);
    request.setUrn(`urn:pulumi:${stack}::ai-api-access::${type}::${name}`);
    request.setProperties(struct.Struct.fromJavaScript(properties));
    request.setOptions(options);
    return new Promise((done, fail) => {
      this.#client.analyze(request, (error, response) => {
        if (error) fail(error);
        else done(response);
      });
    });
  }

  async stop(): Promise<void> {
    this.#client.close();
    const closed = once(this.#process, "close");
    this.#process.kill("SIGKILL");
    await closed;
  }
}

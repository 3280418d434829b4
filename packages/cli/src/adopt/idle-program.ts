import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/language_grpc_pb.js";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/language_pb.js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import { bindLoopback } from "@ai-api-access/provider-kit/loopback.ts";

type Answered = Pick<ILanguageRuntimeServer, "getPluginInfo" | "getRequiredPackages">;

const handlers: Answered = {
  getPluginInfo(_call, done) {
    done(null, new plugins.PluginInfo().setVersion("1.0.0"));
  },
  getRequiredPackages(_call, done) {
    done(null, new messages.GetRequiredPackagesResponse());
  },
};

/** A program for the engine that is asked which plugins it needs, and is never run. */
export interface IdleProgram {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  close(): void;
}

/**
 * Serves an idle program on loopback. `pulumi import` insists on a language host although it runs no program, and has
 * no `--client` to be given one as a preview is.
 */
export async function serveIdleProgram(): Promise<IdleProgram> {
  const server = new grpc.Server();
  server.addService(services.LanguageRuntimeService, handlers);
  const port = await bindLoopback(server);
  return {
    address: `127.0.0.1:${String(port)}`,
    close() {
      server.forceShutdown();
    },
  };
}

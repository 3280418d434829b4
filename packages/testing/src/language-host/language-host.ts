/**
 * A language host for Node programs: what `pulumi-language-nodejs` does for the engine in a preview or an update.
 * It stands in for the official one, which comes with the CLI's download and not with a CLI that was built.
 */
import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/language_grpc_pb.js";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/language_pb.js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import { bindLoopback } from "@ai-api-access/provider-kit/loopback.ts";
import { type Ended, runProgram } from "./run-program.ts";

type Answered = Pick<ILanguageRuntimeServer, "handshake" | "getPluginInfo" | "getRequiredPackages" | "run">;

const handlers: Answered = {
  handshake(_call, done) {
    done(null, new messages.LanguageHandshakeResponse());
  },
  getPluginInfo(_call, done) {
    done(null, new plugins.PluginInfo().setVersion("1.0.0"));
  },
  // The plugins are named in the project or installed: there are none to be downloaded before the run.
  getRequiredPackages(_call, done) {
    done(null, new messages.GetRequiredPackagesResponse());
  },
  run({ request }, done) {
    runProgram(request).then(
      (ended) => {
        done(null, responseOf(ended));
      },
      (error: unknown) => {
        done(null, new messages.RunResponse().setError(String(error)));
      },
    );
  },
};

function responseOf(ended: Ended): InstanceType<typeof messages.RunResponse> {
  const response = new messages.RunResponse();
  if (ended.kind === "already-reported") return response.setBail(true);
  return ended.kind === "failed" ? response.setError(ended.error) : response;
}

/** Starts the language host on a free loopback port; answers the port. */
export function serveLanguageHost(): Promise<number> {
  const server = new grpc.Server();
  server.addService(services.LanguageRuntimeService, handlers);
  return bindLoopback(server);
}

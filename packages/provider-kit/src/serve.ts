import grpc from "@grpc/grpc-js";
import providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { EngineLink } from "./engine.ts";
import { bindLoopback } from "./loopback.ts";
import type { Engine, Provider } from "./provider.ts";
import { service } from "./rpc/service.ts";

/** State of a large resource travels in one message. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;

/**
 * Serves a provider to the engine that started this process, as the engine expects of an executable named
 * `pulumi-resource-<package>`: listens on a free loopback port, writes the port as the first line of stdout, and
 * ends when the engine does. The engine's address is the first argument that is not a flag.
 */
export async function serve(makeProvider: (engine: Engine) => Provider): Promise<void> {
  const engine = new EngineLink();
  engine.endWithEngine();
  engine.connect(process.argv.slice(2).find((argument) => !argument.startsWith("-")) ?? "");
  const { port } = await listen(service(makeProvider(engine), engine));
  console.log(String(port));
}

/** Starts the gRPC server on a free loopback port. */
export async function listen(
  implementation: ReturnType<typeof service>,
): Promise<{ readonly server: grpc.Server; readonly port: number }> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": LARGEST_MESSAGE,
    "grpc.max_send_message_length": LARGEST_MESSAGE,
  });
  server.addService(providerService.ResourceProviderService, implementation);
  return { server, port: await bindLoopback(server) };
}

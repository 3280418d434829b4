import type { handleUnaryCall } from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { NotSupported } from "../errors.ts";
import type { EngineLink } from "../engine.ts";
import type { Provider } from "../provider.ts";
import { configuration } from "./configuration.ts";
import { toStatus } from "./errors.ts";
import { lifecycle } from "./lifecycle.ts";
import { unary, unsupported } from "./unary.ts";

/** The whole `pulumirpc.ResourceProvider` service, answered by a {@link Provider}. */
export function service(provider: Provider, engine: EngineLink): IResourceProviderServer {
  const life = lifecycle(provider);
  const config = configuration(provider);
  /** A handler whose calls the engine's interrupt waits for. */
  function tracked<Request, Response>(
    handler: (request: Request) => Promise<Response> | Response,
  ): handleUnaryCall<Request, Response> {
    return unary((request) => engine.track(async () => handler(request)));
  }
  return {
    handshake: tracked((call) => {
      engine.connect(call.getEngineAddress());
      return new messages.ProviderHandshakeResponse()
        .setAcceptSecrets(true)
        .setAcceptResources(false)
        .setAcceptOutputs(false);
    }),
    attach: tracked((call) => {
      engine.connect(call.getAddress());
      return new empty.Empty();
    }),
    cancel: tracked(() => {
      engine.cancel();
      return new empty.Empty();
    }),
    getPluginInfo: tracked(() => new plugins.PluginInfo().setVersion(provider.version)),

    getSchema: tracked(config.getSchema),
    checkConfig: tracked(config.checkConfig),
    diffConfig: tracked(config.diffConfig),
    configure: tracked(config.configure),
    invoke: tracked(config.invoke),

    check: tracked(life.check),
    diff: tracked(life.diff),
    create: tracked(life.create),
    read: tracked(life.read),
    update: tracked(life.update),
    delete: tracked(life.delete),

    // What no provider here has: components, methods, packages made to measure, conversion, listing.
    call: unsupported("Call"),
    construct: unsupported("Construct"),
    parameterize: unsupported("Parameterize"),
    getMapping: unsupported("GetMapping"),
    getMappings: unsupported("GetMappings"),
    list: (call) => {
      call.emit("error", toStatus(new NotSupported("List is not supported by this provider")));
    },
  };
}

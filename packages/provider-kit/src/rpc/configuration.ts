import { isDeepStrictEqual } from "node:util";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type * as proto from "@pulumi/pulumi/proto/provider_pb.js";
import { NotSupported } from "../errors.ts";
import type { ConfigRequest, DiffResult, Provider } from "../provider.ts";
import { toDiffResponse } from "./diff.ts";
import { toFailure } from "./lifecycle.ts";
import { decode, encode } from "./values.ts";

/** An engine that sees no change goes on with the old configuration, so every other value counts as one. */
function changedKeys({ oldInputs, inputs }: Pick<ConfigRequest, "oldInputs" | "inputs">): DiffResult {
  const keys = new Set([...Object.keys(oldInputs), ...Object.keys(inputs)]);
  const changed = [...keys].filter((key) => !isDeepStrictEqual(oldInputs[key], inputs[key]));
  return { changes: changed.map((path) => ({ path, kind: "update" })) };
}

/** The calls about the provider itself, and its functions, between the wire and a {@link Provider}. */
export function configuration(provider: Provider) {
  return {
    getSchema: async (): Promise<proto.GetSchemaResponse> => {
      if (!provider.schema) throw new NotSupported("this provider has no schema");
      return new messages.GetSchemaResponse().setSchema(await provider.schema());
    },

    checkConfig: async (call: proto.CheckRequest): Promise<proto.CheckResponse> => {
      const news = decode(call.getNews());
      const checked = await provider.checkConfig?.({
        urn: call.getUrn(),
        oldInputs: decode(call.getOlds()).properties,
        inputs: news.properties,
      });
      return new messages.CheckResponse()
        .setInputs(encode(checked?.inputs ?? news.properties, news.secretKeys))
        .setFailuresList((checked?.failures ?? []).map(toFailure));
    },

    diffConfig: async (call: proto.DiffRequest): Promise<proto.DiffResponse> => {
      const request = {
        urn: call.getUrn(),
        oldInputs: decode(call.getOldInputs()).properties,
        inputs: decode(call.getNews()).properties,
      };
      return toDiffResponse((await provider.diffConfig?.(request)) ?? changedKeys(request));
    },

    configure: async (call: proto.ConfigureRequest): Promise<proto.ConfigureResponse> => {
      await provider.configure({ inputs: decode(call.getArgs()).properties });
      return new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
    },

    invoke: async (call: proto.InvokeRequest): Promise<proto.InvokeResponse> => {
      if (!provider.invoke) throw new NotSupported("this provider has no functions");
      const answer = await provider.invoke({
        token: call.getTok(),
        args: decode(call.getArgs()).properties,
        preview: call.getPreview(),
      });
      return new messages.InvokeResponse()
        .setReturn(encode(answer.result))
        .setFailuresList((answer.failures ?? []).map(toFailure));
    },
  };
}

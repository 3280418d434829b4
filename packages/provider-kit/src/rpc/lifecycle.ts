import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type * as proto from "@pulumi/pulumi/proto/provider_pb.js";
import type { CheckFailure, Provider } from "../provider.ts";
import { toDiffResponse } from "./diff.ts";
import { decode, encode } from "./values.ts";
import { withSecrets } from "./unary.ts";

/** The calls of one resource's life, between the wire and a {@link Provider}. */
export function lifecycle(provider: Provider) {
  return {
    check: async (call: proto.CheckRequest): Promise<proto.CheckResponse> => {
      const news = decode(call.getNews());
      const result = await provider.check({
        ...about(call),
        oldInputs: decode(call.getOlds()).properties,
        inputs: news.properties,
        randomSeed: call.getRandomseed_asU8(),
      });
      return new messages.CheckResponse()
        .setInputs(encode(result.inputs, news.secretKeys))
        .setFailuresList((result.failures ?? []).map(toFailure));
    },

    diff: async (call: proto.DiffRequest): Promise<proto.DiffResponse> => {
      return toDiffResponse(
        await provider.diff({
          ...about(call),
          id: call.getId(),
          oldInputs: decode(call.getOldInputs()).properties,
          state: decode(call.getOlds()).properties,
          inputs: decode(call.getNews()).properties,
          ignoreChanges: call.getIgnorechangesList(),
        }),
      );
    },

    create: async (call: proto.CreateRequest): Promise<proto.CreateResponse> => {
      const inputs = decode(call.getProperties());
      return withSecrets([inputs], async (secretKeys) => {
        const result = await provider.create({
          ...about(call),
          inputs: inputs.properties,
          preview: call.getPreview(),
        });
        return new messages.CreateResponse().setId(result.id).setProperties(encode(result.state, secretKeys));
      });
    },

    read: async (call: proto.ReadRequest): Promise<proto.ReadResponse> => {
      const state = decode(call.getProperties());
      const inputs = decode(call.getInputs());
      // An import sends neither of the two, which is how it differs from a refresh.
      const known = call.hasInputs() ? { state: state.properties, inputs: inputs.properties } : undefined;
      return withSecrets([state, inputs], async (secretKeys) => {
        const result = await provider.read({ ...about(call), id: call.getId(), ...(known && { known }) });
        const response = new messages.ReadResponse();
        // An empty id says that the resource is gone.
        if (result === undefined) return response;
        return response
          .setId(result.id)
          .setProperties(encode(result.state, secretKeys))
          .setInputs(encode(result.inputs, secretKeys));
      });
    },

    update: async (call: proto.UpdateRequest): Promise<proto.UpdateResponse> => {
      const inputs = decode(call.getNews());
      const state = decode(call.getOlds());
      return withSecrets([inputs, state], async (secretKeys) => {
        const result = await provider.update({
          ...about(call),
          id: call.getId(),
          oldInputs: decode(call.getOldInputs()).properties,
          state: state.properties,
          inputs: inputs.properties,
          ignoreChanges: call.getIgnorechangesList(),
          preview: call.getPreview(),
        });
        return new messages.UpdateResponse().setProperties(encode(result.state, secretKeys));
      });
    },

    delete: async (call: proto.DeleteRequest): Promise<Empty> => {
      await provider.delete({
        ...about(call),
        id: call.getId(),
        oldInputs: decode(call.getOldInputs()).properties,
        state: decode(call.getProperties()).properties,
      });
      return new empty.Empty();
    },
  };
}

function about(call: { getUrn(): string; getName(): string; getType(): string }) {
  return { urn: call.getUrn(), name: call.getName(), type: call.getType() };
}

export function toFailure(failure: CheckFailure): proto.CheckFailure {
  return new messages.CheckFailure().setProperty(failure.property).setReason(failure.reason);
}

import grpc from "@grpc/grpc-js";
import type { StatusObject } from "@grpc/grpc-js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import { messageOf, NotSupported, ResourceInitFailed } from "../errors.ts";
import { encode } from "./values.ts";

/** The gRPC status of something that a provider threw; the engine prints its `details`. */
export function toStatus(
  thrown: unknown,
  secretKeys?: ReadonlySet<string>,
): Pick<StatusObject, "code" | "details" | "metadata"> {
  const metadata = new grpc.Metadata();
  const details = messageOf(thrown);
  if (thrown instanceof NotSupported) return { code: grpc.status.UNIMPLEMENTED, details, metadata };
  if (thrown instanceof ResourceInitFailed) {
    metadata.add("grpc-status-details-bin", Buffer.from(initFailed(thrown, secretKeys)));
  }
  return { code: grpc.status.UNKNOWN, details, metadata };
}

/** `google.rpc.Status` with the engine's own detail for a resource that exists but is not finished. */
function initFailed(failure: ResourceInitFailed, secretKeys: ReadonlySet<string> | undefined): Uint8Array {
  const detail = new messages.ErrorResourceInitFailed();
  detail.setId(failure.id);
  detail.setProperties(encode(failure.state, secretKeys));
  detail.setReasonsList([...failure.reasons]);
  if (failure.inputs) detail.setInputs(encode(failure.inputs, secretKeys));
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statuses.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(failure.message);
  status.addDetails(packed);
  return status.serializeBinary();
}

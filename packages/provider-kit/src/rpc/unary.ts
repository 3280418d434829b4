import type { handleUnaryCall } from "@grpc/grpc-js";
import { NotSupported } from "../errors.ts";
import { toStatus } from "./errors.ts";
import type { Decoded } from "./values.ts";

/** An error together with the properties that must stay secret in what it carries. */
class WithSecretKeys extends Error {
  readonly secretKeys: ReadonlySet<string>;
  constructor(cause: unknown, secretKeys: ReadonlySet<string>) {
    super("", { cause });
    this.secretKeys = secretKeys;
  }
}

/** Runs a call whose answer, and whose partial answer, must keep secret what was secret in any of `bags`. */
export async function withSecrets<Answer>(
  bags: readonly Decoded[],
  call: (secretKeys: ReadonlySet<string>) => Promise<Answer>,
): Promise<Answer> {
  const secretKeys = new Set(bags.flatMap((bag) => [...bag.secretKeys]));
  try {
    return await call(secretKeys);
  } catch (thrown) {
    throw new WithSecretKeys(thrown, secretKeys);
  }
}

/** Turns an async function into a gRPC handler. */
export function unary<Request, Response>(
  handler: (request: Request) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, done) => {
    handler(call.request).then(
      (response) => {
        done(null, response);
      },
      (thrown: unknown) => {
        const status =
          thrown instanceof WithSecretKeys ? toStatus(thrown.cause, thrown.secretKeys) : toStatus(thrown);
        done(status, null);
      },
    );
  };
}

/** The handler of a method that no provider here has. */
export function unsupported<Request, Response>(method: string): handleUnaryCall<Request, Response> {
  return unary(() => Promise.reject(new NotSupported(`${method} is not supported by this provider`)));
}

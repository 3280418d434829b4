/**
 * A small server for Pulumi provider plugins in TypeScript: the engine's gRPC protocol on one side, a typed
 * {@link Provider} on the other.
 */
export { messageOf, ResourceInitFailed } from "./errors.ts";
export type * from "./provider.ts";
export { serve } from "./serve.ts";
export {
  containsUnknown,
  isList,
  isProperties,
  isSecret,
  isUnknown,
  revealed,
  secret,
  UNKNOWN,
} from "./values.ts";
export type { Plain, PlainProperties, Properties, Value } from "./values.ts";

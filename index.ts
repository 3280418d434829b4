import { readStackConfig } from "./src/config/index.ts";
import { declareStack } from "./src/stack.ts";

/** What Pulumi runs: config in, stack declared, outputs out. */
export default async () => declareStack(readStackConfig());

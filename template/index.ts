import { readStackConfig } from "./src/config";
import { declareStack } from "./src/stack";

/** What Pulumi runs: config in, stack declared, outputs out. */
export = async () => declareStack(readStackConfig());

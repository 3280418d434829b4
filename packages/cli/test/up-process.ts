/** `up-process.ts FOLDER`: an `up` of stack `dev` of a project folder, with the settings of the environment. */
import { change } from "@ai-api-access/local/engine/change.ts";
import { openRealStack } from "./open-real-stack.ts";

const [folder = "."] = process.argv.slice(2);
const stack = await openRealStack(folder);
// An inline program that is left without its engine never ends, and the SDK's handlers for it swallow the error.
await change(stack, "up").then(
  () => process.exit(0),
  () => process.exit(1),
);

/** `up-process.ts FOLDER`: an `up` of stack `dev` of a project folder, with the settings of the environment. */
import { openRealStack } from "./open-real-stack.ts";

const [folder = "."] = process.argv.slice(2);
const stack = await openRealStack(folder);
await stack.up({ showSecrets: false });

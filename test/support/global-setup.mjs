/** Before the first test: the engine is there. Fetching or building it is not part of any test's time. */
import { findEngine } from "@ai-api-access/local/engine/index.ts";

export default async function setup() {
  await findEngine({ onProgress: (line) => console.log(line) });
}

/** `node examples/ai-api/main.ts`: serves the API until stopped. */
import { buildApi } from "./api.ts";
import { run } from "./command.ts";

await run({ does: "Serves the AI API.", port: 3001, origin: "what each request says", build: buildApi });

/** `node examples/ai-api/main.ts`: serves the API until stopped. */
import { parseArgs } from "node:util";
import { buildApi } from "./api.ts";
import { AppConfigError, loadAppConfig } from "./app-config.ts";

const USAGE = `Serves the AI API.

  --config <file>   the app configuration as JSON (default: AI_API_CONFIG_FILE, else environment variables)
  --port <port>     default 3001; 0 is any that is free
  --host <host>     default 127.0.0.1: only this machine
  --origin <url>    where callers reach it, such as https://ai.example.com; default: what each request says`;

try {
  const { values } = parseArgs({
    options: {
      config: { type: "string" },
      port: { type: "string", default: "3001" },
      host: { type: "string", default: "127.0.0.1" },
      origin: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) console.log(USAGE);
  else await serve(values);
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}

async function serve({
  config: file,
  port,
  host,
  origin,
}: {
  config?: string;
  port: string;
  host: string;
  origin?: string;
}): Promise<void> {
  const app = buildApi(loadAppConfig(file === undefined ? {} : { file }), {
    log: process.stdout,
    origin: origin === undefined ? undefined : originOf(origin),
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void app.close());
  }
  await app.listen({ port: portOf(port), host });
}

function portOf(text: string): number {
  const port = Number(text);
  if (text !== "" && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new RangeError(`--port: got ${text}; wants a whole number from 0 to 65535, for example 3001.`);
}

function originOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin;
  throw new RangeError(`--origin: got ${text}; wants a URL, for example https://ai.example.com.`);
}

/** Mistakes of the person who starts it are reported without a stack trace. */
function messageOf(error: unknown): unknown {
  const expected =
    error instanceof AppConfigError ||
    error instanceof RangeError ||
    (error instanceof Error && "code" in error && typeof error.code === "string");
  return expected ? error.message : error;
}

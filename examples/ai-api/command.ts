/** The command line of a guarded server: serves it until stopped. */
import { parseArgs } from "node:util";
import type { FastifyInstance } from "fastify";
import { AppConfigError, loadAppConfig, type AppConfig } from "./app-config.ts";

export interface Command {
  /** One sentence. */
  readonly does: string;
  /** The port where none is named. */
  readonly port: number;
  /** In words, where callers reach it if nothing is said: `what each request says`. */
  readonly origin: string;
  build(config: AppConfig, options: { log: NodeJS.WriteStream; origin: string | undefined }): FastifyInstance;
}

const usage = ({ does, port, origin }: Command) => `${does}

  --config <file>   the app configuration as JSON (default: AI_API_CONFIG_FILE, else environment variables)
  --port <port>     default ${port}; 0 is any that is free
  --host <host>     default 127.0.0.1: only this machine
  --origin <url>    where callers reach it, such as https://ai.example.com; default: ${origin}`;

/** Runs it with the arguments of this process. Mistakes of the person who starts it are said without a stack trace. */
export async function run(command: Command): Promise<void> {
  try {
    const { values } = parseArgs({
      options: {
        config: { type: "string" },
        port: { type: "string", default: String(command.port) },
        host: { type: "string", default: "127.0.0.1" },
        origin: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      console.log(usage(command));
      return;
    }
    const { config: file, origin } = values;
    const app = command.build(loadAppConfig(file === undefined ? {} : { file }), {
      log: process.stdout,
      origin: origin === undefined ? undefined : originOf(origin),
    });
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => void app.close());
    }
    await app.listen({ port: portOf(values.port), host: values.host });
  } catch (error) {
    console.error(messageOf(error));
    process.exitCode = 1;
  }
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

function messageOf(error: unknown): unknown {
  const expected =
    error instanceof AppConfigError ||
    error instanceof RangeError ||
    (error instanceof Error && "code" in error && typeof error.code === "string");
  return expected ? error.message : error;
}

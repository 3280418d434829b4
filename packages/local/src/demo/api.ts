/** The servers of `examples`, each in a process of its own that gets nothing but the exported app configuration. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { UserError } from "@ai-api-access/user-error";
import { execa } from "execa";
import { z } from "zod";
import { repositoryRoot } from "../machine/folders.ts";
import type { Outputs } from "../outputs.ts";

export interface RunningApi {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  close(): Promise<void>;
}

const listening = z.object({ msg: z.string().regex(/^Server listening at http:\S+$/) });

/**
 * @param example the API, or the MCP server; at any port, unless one is named
 * @throws UserError when it does not start
 */
export async function startApi(
  configFile: string,
  caFile: string,
  { example = "ai-api", port = "0" }: { example?: "ai-api" | "mcp-server"; port?: string } = {},
): Promise<RunningApi> {
  const child = spawn(
    process.execPath,
    [join(repositoryRoot, "examples", example, "main.ts"), "--config", configFile, "--port", port],
    {
      env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: caFile },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const said: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => said.push(text));
  const ended = new Promise<void>((done) =>
    child.once("close", () => {
      done();
    }),
  );
  const origin = await new Promise<string>((ready, fail) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const { data } = listening.safeParse(JSON.parse(line));
      if (data !== undefined) ready(data.msg.replace("Server listening at ", ""));
    });
    child.once("error", fail);
    child.once("close", () => {
      fail(new UserError(`${example} did not start:\n${said.join("")}`));
    });
  });
  return {
    origin,
    async close() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/**
 * Writes the API's configuration as `ai-api-access app-config` does. It checks tokens and asks for none, so the outputs
 * may have their secrets masked.
 *
 * @returns the file
 */
export async function writeAppConfig(outputs: Outputs, folder: string): Promise<string> {
  const file = join(folder, "app-config.json");
  const main = join(repositoryRoot, "packages/cli/src/main.ts");
  const command = [main, "app-config", "--from", "-", "--format", "json", "--out", file];
  const { failed, stderr } = await execa(process.execPath, command, {
    input: JSON.stringify(outputs),
    reject: false,
  });
  if (failed) throw new UserError(`The app configuration could not be written:\n${stderr}`);
  return file;
}

/** What the API said to a call. */
export interface ApiAnswer {
  readonly status: number;
  /** The `error` of its challenge (RFC 6750). */
  readonly error: string | undefined;
}

export type Operation = "read" | "write";

const LESSON = { question: "What opens the API?", answer: "A token, and only the right one." };

const taughtSchema = z.object({ id: z.string() });

/**
 * Teaches as one caller, and asks as another for what was taught.
 *
 * @returns the status of the second answer
 */
export async function askForLessonOf(
  { origin }: Pick<RunningApi, "origin">,
  teacher: string,
  other: string,
): Promise<number> {
  const taught = await fetch(`${origin}/v1/lessons`, {
    method: "POST",
    headers: { authorization: `Bearer ${teacher}`, "content-type": "application/json" },
    body: JSON.stringify(LESSON),
  });
  const { id } = taughtSchema.parse(await taught.json());
  const answer = await fetch(`${origin}/v1/lessons/${id}`, { headers: { authorization: `Bearer ${other}` } });
  await answer.arrayBuffer();
  return answer.status;
}

/** Asks the AI, or teaches it. */
export async function call(
  api: Pick<RunningApi, "origin">,
  operation: Operation,
  token?: string,
): Promise<ApiAnswer> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await (operation === "read"
    ? fetch(`${api.origin}/v1/answers?question=${encodeURIComponent(LESSON.question)}`, {
        headers: authorization,
      })
    : fetch(`${api.origin}/v1/lessons`, {
        method: "POST",
        headers: { ...authorization, "content-type": "application/json" },
        body: JSON.stringify(LESSON),
      }));
  await answer.arrayBuffer();
  const challenge = answer.headers.get("www-authenticate") ?? "";
  return { status: answer.status, error: /error="([^"]+)"/.exec(challenge)?.[1] };
}

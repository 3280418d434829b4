/** Recordings for the tests of the replayer, made by asking a local tenant and calling its ids by other names. */
import { gzipSync } from "node:zlib";
import { stringify } from "yaml";
import type { Target } from "../src/replay/target.ts";

/** What was asked and answered, as a recorder writes it. */
export interface Entry {
  readonly method: string;
  readonly path: string;
  readonly sent: string;
  readonly status: number;
  readonly body: string;
}

const HOST = "tenant.eu.auth0.com";
/** The id that the recordings have for the role that is made. */
export const ROLE = "rol_RecordedRole0001";

/** The life of a role: made, read, listed, deleted, looked for in vain. */
export async function lifeOfARole(target: Target): Promise<Entry[]> {
  const entries: Entry[] = [];
  let id = "";
  const ask = async (method: string, path: string, body: unknown): Promise<void> => {
    const sent = body === undefined ? "" : JSON.stringify(body);
    const answer = await target.send({ method, path, body: sent });
    id ||= /rol_\w+/.exec(answer.body)?.[0] ?? "";
    const renamed = (text: string) => text.replaceAll(id, ROLE);
    entries.push({ method, path: renamed(path), sent, status: answer.status, body: renamed(answer.body) });
  };
  await ask("POST", "/api/v2/roles", { name: "reader", description: "Reads" });
  await ask("GET", `/api/v2/roles/${id}`, undefined);
  await ask("GET", "/api/v2/roles?include_totals=true", undefined);
  await ask("DELETE", `/api/v2/roles/${id}`, undefined);
  await ask("GET", `/api/v2/roles/${id}`, undefined);
  return entries;
}

/** Writes entries in a version of go-vcr's format. */
export function cassette(entries: readonly Entry[], version: 1 | 2 = 2): string {
  const extra = (id: number) => (version === 2 ? { id } : {});
  return stringify({
    version,
    interactions: entries.map((entry, index) => ({
      ...extra(index),
      request: {
        body: entry.sent,
        form: {},
        headers: { "Content-Type": ["application/json"] },
        url: `https://${HOST}${entry.path}`,
        // Version 1 was written by recorders that left Go's default method empty.
        method: version === 1 && entry.method === "GET" ? "" : entry.method,
      },
      response: {
        body: entry.body,
        headers: { "Content-Type": ["application/json; charset=utf-8"] },
        status: `${String(entry.status)} ?`,
        ...(version === 2 ? { code: entry.status } : {}),
        duration: "1ms",
      },
    })),
  });
}

/** As `cassette`, with the answers compressed and written as binary, as some recorders keep them. */
export function compressedCassette(entries: readonly Entry[]): string {
  const marked = entries.map((entry, index) => ({ ...entry, body: `body-${String(index)}-` }));
  return entries.reduce(
    (text, { body }, index) =>
      text.replace(`body: body-${String(index)}-`, `body: !!binary ${gzipSync(body).toString("base64")}`),
    cassette(marked).replaceAll(
      "Content-Type:\n        - application/json; charset=utf-8",
      "Content-Encoding: [gzip]",
    ),
  );
}

/** An API on loopback that answers as a test says. */
import { createServer, type ServerResponse } from "node:http";
import { z } from "zod";
import { TenantClient, type ClientOptions, type Vendor } from "../client.ts";

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly authorization: string | undefined;
}

/** What it answers: a status with a body and headers, or nothing but the end of the connection. */
export type Reply =
  | { readonly status?: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | "cut";

export class Api {
  readonly seen: Seen[] = [];
  origin = "";
  #replies: (seen: Seen) => Reply | Promise<Reply> = () => ({});
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const body: unknown = text === "" ? undefined : JSON.parse(text);
      const seen = {
        method: request.method ?? "",
        path: request.url ?? "",
        body,
        authorization: request.headers.authorization,
      };
      this.seen.push(seen);
      void Promise.resolve(this.#replies(seen)).then((reply) => {
        answer(response, reply);
      });
    });
  });

  /** Replies in order; the last one again and again. */
  replies(...replies: Reply[]): void {
    this.seen.length = 0;
    this.#replies = () => (replies.length > 1 ? replies.shift() : replies[0]) ?? {};
  }

  repliesTo(replies: (seen: Seen) => Reply | Promise<Reply>): void {
    this.seen.length = 0;
    this.#replies = replies;
  }

  async open(): Promise<void> {
    await new Promise<void>((ready) => this.#server.listen(0, "127.0.0.1", ready));
    const { port } = z.object({ port: z.number() }).parse(this.#server.address());
    this.origin = `http://127.0.0.1:${String(port)}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** A client of it that does not wait long before it tries again. */
  client(options: ClientOptions = {}, vendor: Partial<Vendor> = {}): TenantClient {
    return new TenantClient(
      {
        origin: this.origin,
        path: "/api/v2",
        ask: () => Promise.resolve({ token: "t", scheme: "Bearer", expires: undefined, scopes: undefined }),
        unreachable: "check the network",
        bucket: () => "",
        ...vendor,
      },
      { pause: { first: 1, longest: 5 }, ...options },
    );
  }
}

function answer(response: ServerResponse, reply: Reply): void {
  if (reply === "cut") {
    response.destroy();
    return;
  }
  const { status = 200, body, headers } = reply;
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body === undefined ? "" : JSON.stringify(body));
}

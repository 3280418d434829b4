import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { createSecureContext, getCACertificates } from "node:tls";

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** What happened to one attempt: an answer of whatever status, or a failure to get one. */
type Outcome =
  | { readonly response: HttpResponse; readonly failure?: never }
  | { readonly failure: NodeJS.ErrnoException; readonly response?: never };

/** Milliseconds to wait before the next attempt, or `undefined` to take the outcome as it is. */
export type RetryPolicy = (outcome: Outcome, attempt: number) => number | undefined;

/** Sends a request, again and again as the policy says. Follows no redirects. */
export async function send(request: HttpRequest, retry: RetryPolicy): Promise<HttpResponse> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await sendOnce(request).then(
      (response): Outcome => ({ response }),
      (thrown: unknown): Outcome => ({
        failure: thrown instanceof Error ? thrown : new Error(String(thrown)),
      }),
    );
    const wait = retry(outcome, attempt);
    if (wait !== undefined) await sleep(wait);
    else if (outcome.failure) throw explained(outcome.failure, request.url);
    else return outcome.response;
  }
}

/** Whether a failure to get an answer may pass: a connection cut off, not one refused or not trusted. */
export function mayPass(failure: NodeJS.ErrnoException): boolean {
  return ["ECONNRESET", "EPIPE", "ETIMEDOUT", "EAI_AGAIN"].includes(failure.code ?? "");
}

const agents = {
  "http:": new http.Agent({ keepAlive: true }),
  // One context for all connections: given the certificates, each would read hundreds of them.
  "https:": new https.Agent({ keepAlive: true, secureContext: createSecureContext({ ca: trusted() }) }),
};

/** What Node trusts and, as in Go programs, what the file named by SSL_CERT_FILE holds. */
function trusted(): string[] {
  const file = process.env.SSL_CERT_FILE;
  return [...getCACertificates("default"), ...(file ? [readFileSync(file, "utf8")] : [])];
}

function sendOnce(request: HttpRequest): Promise<HttpResponse> {
  const { url, method, body } = request;
  const secure = url.protocol === "https:";
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const headers = { ...request.headers, ...length };
  return new Promise((resolve, reject) => {
    const options = { method, headers, agent: agents[secure ? "https:" : "http:"] };
    const outgoing = (secure ? https : http).request(url, options, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on("data", (part: Buffer) => parts.push(part));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const received = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
          name,
          String(value),
        ]);
        resolve({
          status: incoming.statusCode ?? 0,
          headers: Object.fromEntries(received),
          text: Buffer.concat(parts).toString("utf8"),
        });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

function explained(failure: NodeJS.ErrnoException, url: URL): Error {
  const reason = failure.message === "" ? (failure.code ?? "no answer") : failure.message;
  const advice =
    failure.code === "ECONNREFUSED"
      ? "nothing listens there: is the local twin running?"
      : /CERT|SIGNATURE|ISSUER/.test(failure.code ?? "")
        ? `its certificate is not trusted: set SSL_CERT_FILE to the CA file of the local twin (now ${process.env.SSL_CERT_FILE ?? "not set"})`
        : "is the local twin running?";
  return new Error(`cannot talk to ${url.origin}: ${reason}; ${advice}`);
}

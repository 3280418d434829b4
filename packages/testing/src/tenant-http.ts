/** Calls to one tenant with its local API token, over as many connections as are wanted. */
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { finished } from "node:stream/promises";
import { Pool } from "undici";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";

export const VENDORS = ["auth0", "okta"] as const;
export type VendorName = (typeof VENDORS)[number];

interface Answer {
  readonly status: number;
  /** Parsed; `undefined` when there was none. */
  readonly body: unknown;
}

export interface TenantClient {
  /** Rejects when no whole answer came. `path` is below the vendor's API: `/organizations`. */
  send(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Reads to the last byte and keeps nothing, so that what is timed is the tenant and not this process's memory. */
  time(path: string): Promise<{ readonly status: number; readonly milliseconds: number }>;
  close(): Promise<void>;
}

export interface ClientOptions {
  readonly connections: number;
  /** Told of every answer: how long it took, in milliseconds. */
  readonly onAnswer?: (milliseconds: number) => void;
}

/** Long enough for a busy machine; who waits longer waits forever. */
const TIMEOUT_MS = 20_000;

export function tenantClient(
  vendor: VendorName,
  { auth0, okta, caFile }: TenantAccess,
  { connections, onAnswer }: ClientOptions,
): TenantClient {
  const { origin, base, authorization } = {
    auth0: { origin: auth0.origin, base: "/api/v2", authorization: `Bearer ${auth0.apiToken}` },
    okta: { origin: okta.origin, base: "/api/v1", authorization: `SSWS ${okta.apiToken}` },
  }[vendor];
  const pool = new Pool(origin, {
    connections,
    connect: { ca: readFileSync(caFile), timeout: TIMEOUT_MS },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  const headers = { authorization };
  return {
    async time(path) {
      const started = performance.now();
      const { statusCode: status, body } = await pool.request({ method: "GET", path: base + path, headers });
      await finished(body.resume());
      return { status, milliseconds: performance.now() - started };
    },
    async send(method, path, body) {
      const started = performance.now();
      const answer = await pool.request({
        method,
        path: base + path,
        headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const text = await answer.body.text();
      onAnswer?.(performance.now() - started);
      return { status: answer.statusCode, body: text === "" ? undefined : JSON.parse(text) };
    },
    close: () => pool.destroy(),
  };
}

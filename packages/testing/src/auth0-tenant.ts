import { checkServerIdentity } from "node:tls";
import { Agent, request } from "undici";
import { z } from "zod";
import { startAuth0Tenant } from "@ai-api-access/emulator-auth0";
import type { Auth0Tenant, Auth0TenantOptions } from "@ai-api-access/emulator-auth0";
import { bodyOf } from "./body.ts";
import { testTls } from "./tls.ts";

/** An answer: its status and its body, parsed where it is JSON, else as text, `undefined` where there is none. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const recordSchema = z.record(z.string(), z.unknown());

/** A body that must be an object. */
export function record(body: unknown): Record<string, unknown> {
  return recordSchema.parse(body);
}

/** A body that must be an array of objects. */
export function records(body: unknown): Record<string, unknown>[] {
  return z.array(recordSchema).parse(body);
}

/** How to make a request other than with the local API token and a JSON body. */
interface CallOptions {
  /** The Authorization header; null for none. By default the token that the path wants. */
  readonly authorization?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A tenant for a test, with a client that trusts its certificate. */
export interface TestTenant {
  readonly tenant: Auth0Tenant;
  /** Trusts the tenant's certificate, for requests of another kind. */
  readonly dispatcher: Agent;
  /** Makes a request over HTTPS. A string body is sent as it is, anything else as JSON. */
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  /** As `call`, for Management API paths that must answer with this status; gives the body. */
  expectOk(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Starts an Auth0 tenant on a free port. */
export async function startTestTenant(options: Partial<Auth0TenantOptions> = {}): Promise<TestTenant> {
  const tls = testTls();
  const tenant = await startAuth0Tenant({ file: ":memory:", tls, ...options });
  const dispatcher = new Agent({
    // The certificate is checked for localhost, even where a test sends another Host header.
    connect: { ca: tls.cert, checkServerIdentity: (_host, cert) => checkServerIdentity("localhost", cert) },
  });

  async function call(method: string, path: string, body?: unknown, how: CallOptions = {}): Promise<Answer> {
    const token = path.startsWith("/_twin") ? tenant.adminToken : tenant.management.apiToken;
    const authorization = how.authorization === undefined ? `Bearer ${token}` : how.authorization;
    const json = body !== undefined && typeof body !== "string";
    const answer = await request(tenant.origin + path, {
      method,
      dispatcher,
      headers: {
        ...(authorization === null ? {} : { authorization }),
        ...(json ? { "content-type": "application/json" } : {}),
        ...how.headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    return {
      status: answer.statusCode,
      body: bodyOf(text, String(answer.headers["content-type"])),
      headers: answer.headers,
    };
  }

  return {
    tenant,
    dispatcher,
    call,
    async expectOk(method, path, body) {
      const answer = await call(method, `/api/v2${path}`, body);
      if (answer.status >= 300) {
        throw new Error(`${method} ${path}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
      }
      return record(answer.body ?? {});
    },
    async close() {
      await dispatcher.close();
      await tenant.close();
    },
  };
}

/** What a tenant and another emulator both do: the same requests to each in turn. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";
import { median } from "../kit/measure.ts";
import { tenantClient, type TenantClient, type VendorName } from "./client.ts";
import { CYCLES } from "./cycles.ts";
import { fire, type Shot, type Throughput } from "./shots.ts";
import { Writer } from "./writer.ts";

/** The three things that every emulator of an identity provider answers. */
const DEEDS = ["token", "keys", "discovery"] as const;
type Deed = (typeof DEEDS)[number];
type Shots = Readonly<Record<Deed, Shot>>;

export interface Pair {
  readonly vendor: VendorName;
  readonly deed: Deed;
  readonly tenant: Throughput;
  readonly other: Throughput;
}

const ROUNDS = 2;
const SECONDS = 4;

/** @param connections at once */
export async function sideBySide(
  vendor: VendorName,
  access: TenantAccess,
  connections: number,
): Promise<Pair[]> {
  const ours = vendor === "auth0" ? auth0Shots(access) : await oktaShots(access);
  const other = await startOther(vendor === "auth0" ? access.caFile : undefined);
  try {
    const pairs: Pair[] = [];
    for (const deed of DEEDS) {
      const rounds: [Throughput, Throughput][] = [];
      for (let round = 0; round < ROUNDS; round++) {
        rounds.push([
          await fire(ours[deed], connections, SECONDS),
          await fire(other.shots[deed], connections, SECONDS),
        ]);
      }
      pairs.push({
        vendor,
        deed,
        tenant: middle(rounds.map(([tenant]) => tenant)),
        other: middle(rounds.map(([, second]) => second)),
      });
    }
    return pairs;
  } finally {
    await other.close();
  }
}

function middle(rounds: readonly Throughput[]): Throughput {
  return {
    rate: median(rounds.map(({ rate }) => rate)),
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
    errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
  };
}

function tokenRequest(url: string, parameters: Readonly<Record<string, string>>): Shot {
  return {
    url,
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ grant_type: "client_credentials", ...parameters }).toString(),
  };
}

function auth0Shots({ auth0: { origin, clientId, clientSecret } }: TenantAccess): Shots {
  const audience = `${origin}/api/v2/`;
  return {
    token: tokenRequest(`${origin}/oauth/token`, {
      client_id: clientId,
      client_secret: clientSecret,
      audience,
    }),
    keys: { url: `${origin}/.well-known/jwks.json` },
    discovery: { url: `${origin}/.well-known/openid-configuration` },
  };
}

async function oktaShots(access: TenantAccess): Promise<Shots> {
  const client = tenantClient("okta", access, { connections: 1 });
  try {
    // An app that may have tokens of an authorization server is what a cycle leaves when it is told to.
    const writer = new Writer({ name: "token", cycles: CYCLES.okta, keepEvery: 1 });
    let rounds = 0;
    await writer.writeAndRead(client, () => rounds++ === 0);
    const app = await onlyId(client, "/apps?q=token-");
    const server = await onlyId(client, "/authorizationServers?q=token-");
    const { body } = await client.send("GET", `/apps/${app}/credentials/secrets`);
    const [secret] = z.array(z.object({ client_secret: z.string() })).parse(body);
    const issuer = `${access.okta.origin}/oauth2/${server}`;
    return {
      token: tokenRequest(`${issuer}/v1/token`, {
        scope: "ai:read",
        client_id: app,
        client_secret: secret?.client_secret ?? "",
      }),
      keys: { url: `${issuer}/v1/keys` },
      discovery: { url: `${issuer}/.well-known/oauth-authorization-server` },
    };
  } finally {
    await client.close();
  }
}

async function onlyId(client: TenantClient, path: string): Promise<string> {
  const { body } = await client.send("GET", path);
  return z.tuple([z.object({ id: z.string() })]).parse(body)[0].id;
}

/** oauth2-mock-server: with the tenants' certificate where the tenant has TLS. */
async function startOther(
  caFile: string | undefined,
): Promise<{ readonly shots: Shots; close(): Promise<void> }> {
  const folder = caFile === undefined ? undefined : dirname(caFile);
  const tls =
    folder === undefined ? [] : ["localhost.key", "localhost.pem"].map((name) => join(folder, name));
  const server = fork(join(import.meta.dirname, "mock-server.ts"), tls, { execArgv: [] });
  const exited = once(server, "exit");
  const port = await new Promise<number>((resolve, reject) => {
    server.once("message", (message) => {
      resolve(z.object({ port: z.number() }).parse(message).port);
    });
    server.once("exit", () => {
      reject(new Error("oauth2-mock-server did not start."));
    });
  });
  const origin = `${tls.length === 0 ? "http" : "https"}://localhost:${String(port)}`;
  return {
    shots: {
      token: tokenRequest(`${origin}/token`, {
        scope: "ai:read",
        client_id: "anybody",
        client_secret: "anything",
      }),
      keys: { url: `${origin}/jwks` },
      discovery: { url: `${origin}/.well-known/openid-configuration` },
    },
    async close() {
      server.disconnect();
      await exited;
    },
  };
}

/**
 * An issuer for tests and benches: it signs tokens as Auth0 or Okta make them and publishes its keys on loopback. It
 * stands in for both vendors, and checks nothing of who asks for a token.
 */
import { generateKeyPairSync, randomBytes, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { compact, rs256 } from "./compact.ts";

export interface SigningKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

function newSigningKey(): SigningKey {
  return {
    kid: randomBytes(16).toString("base64url"),
    ...generateKeyPairSync("rsa", { modulusLength: 2048 }),
  };
}

/** Claims by name; `undefined` leaves one out. */
export type Claims = Readonly<Record<string, unknown>>;

/** Where each vendor has its issuer and its keys, below the origin. */
const PATHS = {
  auth0: { issuer: "/", keys: "/.well-known/jwks.json" },
  okta: { issuer: "/oauth2/ausLocalIssuer123456", keys: "/oauth2/ausLocalIssuer123456/v1/keys" },
} as const;

export class LocalIssuer {
  readonly vendor: "auth0" | "okta";
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** What its access tokens say when nothing else is asked for, without times. */
  readonly claims: Claims;
  /** What the header of its tokens says, without the key id. */
  readonly header: Claims;
  /** The keys that it publishes; it signs with the first. */
  keys: readonly SigningKey[];
  /** How often its keys were asked for. */
  keyRequests = 0;
  /** While this is set, it answers 500. */
  broken = false;
  readonly #server: Server;

  private constructor(server: Server, origin: string, { vendor, claims, header }: Manner) {
    this.#server = server;
    this.origin = origin;
    this.vendor = vendor;
    this.header = header;
    this.claims = { iss: origin + PATHS[vendor].issuer, ...claims };
    this.keys = [newSigningKey()];
    server.on("request", (request, response) => {
      if (request.url !== PATHS[vendor].keys) {
        response.writeHead(404).end();
        return;
      }
      this.keyRequests += 1;
      response.writeHead(this.broken ? 500 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify({ keys: this.keys.map(publicJwk) }));
    });
  }

  static async start(manner: Manner): Promise<LocalIssuer> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The issuer got no port.");
    return new LocalIssuer(server, `http://127.0.0.1:${String(address.port)}`, manner);
  }

  get issuer(): string {
    return this.origin + PATHS[this.vendor].issuer;
  }

  get keysUrl(): string {
    return this.origin + PATHS[this.vendor].keys;
  }

  /** The key that signs. */
  get key(): SigningKey {
    const [key] = this.keys;
    if (key === undefined) throw new Error("The issuer has no key.");
    return key;
  }

  /** Signs with a new key. The last one stays published, as both vendors leave it. */
  rotate(): void {
    this.keys = [newSigningKey(), this.key];
  }

  /** An access token that lives from `now` (epoch seconds) for an hour; what is given goes over what is usual. */
  token(now: number, claims: Claims = {}, header: Claims = {}): string {
    return compact(
      { alg: "RS256", ...this.header, kid: this.key.kid, ...header },
      { ...this.claims, iat: now, exp: now + 3600, ...claims },
      rs256(this.key.privateKey),
    );
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}

/** How the tokens of a vendor look. */
export interface Manner {
  readonly vendor: "auth0" | "okta";
  /** Claims of an access token, without `iss` and times. */
  readonly claims: Claims;
  readonly header: Claims;
}

export function publicJwk({ kid, publicKey }: SigningKey) {
  return { ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" };
}

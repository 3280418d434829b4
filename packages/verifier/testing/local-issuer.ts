/** An issuer on loopback that signs whatever it is asked to and publishes its keys where the vendor does. */
import { generateKeyPairSync, randomUUID, sign, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";

/** Claims or header parameters by name; `undefined` leaves one out. */
export type Fields = Readonly<Record<string, unknown>>;

/** How a token is signed: from its first two parts to its third. */
export type Signer = (input: string) => string;

export interface SigningKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Where an issuer is below its origin, and how its access tokens look. */
export interface Profile {
  readonly issuerPath: string;
  readonly keysPath: string;
  /** Without `alg` and `kid`. */
  readonly header: Fields;
  /** Without `iss` and times. */
  readonly claims: Fields;
}

interface Failure {
  readonly status: number;
  readonly body: string;
  /** Whether the end never comes. */
  readonly unfinished?: boolean;
}

export class LocalIssuer {
  readonly issuer: string;
  readonly keysUrl: string;
  /** Header and claims of its access tokens, without `kid` and times. */
  readonly header: Fields;
  readonly claims: Fields;
  /** The keys that it publishes; it signs with the first. */
  keys: readonly SigningKey[] = [newSigningKey()];
  /** What it answers in place of its keys. */
  failure: Failure | undefined;
  /** How often it was asked for its keys. */
  keyRequests = 0;
  readonly #server: Server;

  private constructor(server: Server, origin: string, { issuerPath, keysPath, header, claims }: Profile) {
    this.#server = server;
    this.issuer = origin + issuerPath;
    this.keysUrl = origin + keysPath;
    this.header = { alg: "RS256", ...header };
    this.claims = { iss: this.issuer, ...claims };
    server.on("request", ({ url }, response) => {
      if (url !== keysPath) return response.writeHead(404).end();
      this.keyRequests += 1;
      const { status, body, unfinished }: Failure = this.failure ?? {
        status: 200,
        body: JSON.stringify({ keys: this.keys.map(publicJwk) }),
      };
      response.writeHead(status, { "content-type": "application/json" }).write(body);
      return unfinished === true ? response : response.end();
    });
  }

  static async start(profile: Profile): Promise<LocalIssuer> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The issuer got no port.");
    return new LocalIssuer(server, `http://127.0.0.1:${address.port}`, profile);
  }

  /** The key that signs. */
  get key(): SigningKey {
    const [key] = this.keys;
    if (key === undefined) throw new Error("The issuer has no key.");
    return key;
  }

  /** Signs with a new key from now on. The last one stays published, as both vendors leave it. */
  rotate(): void {
    this.keys = [newSigningKey(), this.key];
  }

  /** An access token that lives from `now` (epoch seconds) for an hour; what is given replaces what is usual. */
  token(now: number, claims: Fields = {}, header: Fields = {}): string {
    return compact(
      { ...this.header, kid: this.key.kid, ...header },
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

/** @param modulusLength in bits */
export function newSigningKey(modulusLength = 2048): SigningKey {
  return { kid: randomUUID(), ...generateKeyPairSync("rsa", { modulusLength }) };
}

/** Without `alg`, which both vendors publish: the verifier alone decides which algorithm is allowed. */
export function publicJwk({ kid, publicKey }: SigningKey) {
  return { ...publicKey.export({ format: "jwk" }), kid, use: "sig" };
}

/** A token put together by hand, so that every part of it can be wrong; texts and bytes are taken as they are. */
export function compact(header: unknown, payload: unknown, signer: Signer): string {
  const input = `${encoded(header)}.${encoded(payload)}`;
  return `${input}.${signer(input)}`;
}

export function encoded(part: unknown): string {
  const raw = typeof part === "string" || part instanceof Uint8Array ? part : JSON.stringify(part);
  return Buffer.from(raw).toString("base64url");
}

export function rs256(key: KeyObject): Signer {
  return (input) => sign("sha256", Buffer.from(input), key).toString("base64url");
}

/**
 * Callers of an MCP server, made with the client of the MCP SDK. All that they know is the URL of the server, and who
 * they are: an assistant that acts for a person, or a machine with credentials of its own.
 */
import { randomUUID } from "node:crypto";
import {
  UnauthorizedError,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
} from "@modelcontextprotocol/sdk/client/auth.js";
import { ClientCredentialsProvider } from "@modelcontextprotocol/sdk/client/auth-extensions.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import {
  StreamableHTTPClientTransport,
  StreamableHTTPError,
} from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type {
  OAuthClientInformation,
  OAuthClientInformationMixed,
  OAuthClientMetadata,
  OAuthTokens,
} from "@modelcontextprotocol/sdk/shared/auth.js";
import { z } from "zod";
import { LoginRefused } from "./people.ts";

/** Nobody listens there: the browser is looked at when it is sent there. */
const CALLBACK = "http://127.0.0.1:33418/callback";
/** A person at a browser: opens this URL, does what the pages ask, and gives the URL that it was sent back to. */
export type Visit = (url: URL) => Promise<URL>;

export interface AssistantOptions {
  /** The `client_id` of an application that publishes its metadata at it. */
  readonly metadataUrl?: string;
  /** What the application is known by already, where it is. */
  readonly known?: OAuthClientInformationMixed;
}

/** What an assistant keeps: who it is to the authorization server, its tokens, and what a sign-in under way needs. */
export class Assistant implements OAuthClientProvider {
  readonly redirectUrl = CALLBACK;
  readonly clientMetadata: OAuthClientMetadata = {
    client_name: "An assistant",
    redirect_uris: [CALLBACK],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  };
  readonly clientMetadataUrl?: string;
  /** Where a person has to go. */
  underWay: { readonly url: URL; readonly state: string } | undefined;
  #state = "";
  #verifier = "";
  #client: OAuthClientInformationMixed | undefined;
  #tokens: OAuthTokens | undefined;

  constructor({ metadataUrl, known }: AssistantOptions = {}) {
    if (metadataUrl !== undefined) this.clientMetadataUrl = metadataUrl;
    this.#client = known;
  }

  state(): string {
    return (this.#state = randomUUID());
  }

  clientInformation(): OAuthClientInformationMixed | undefined {
    return this.#client;
  }

  saveClientInformation(client: OAuthClientInformationMixed): void {
    this.#client = client;
  }

  tokens(): OAuthTokens | undefined {
    return this.#tokens;
  }

  saveTokens(tokens: OAuthTokens): void {
    this.#tokens = tokens;
  }

  redirectToAuthorization(url: URL): void {
    this.underWay = { url, state: this.#state };
  }

  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier;
  }

  codeVerifier(): string {
    return this.#verifier;
  }
}

export interface MachineOptions {
  /** Of the authorization server that knows it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Separated by blanks. */
  readonly scope: string;
}

/**
 * A machine. Of the authorization servers that the resource names, it goes to the one that knows it; the SDK would take
 * the first.
 */
export class Machine extends ClientCredentialsProvider {
  readonly #issuer: string;

  constructor({ issuer, ...options }: MachineOptions) {
    super({ ...options, expectedIssuer: issuer });
    this.#issuer = issuer;
  }

  /** As the stack has it by default; the SDK would send the secret in a header. */
  override clientInformation(): OAuthClientInformation & { token_endpoint_auth_method: string } {
    return { ...super.clientInformation(), token_endpoint_auth_method: "client_secret_post" };
  }

  discoveryState(): OAuthDiscoveryState {
    return { authorizationServerUrl: this.#issuer };
  }
}

/** The server does not take the token. The message is what it said: `401 invalid_token`. */
export class McpRefused extends Error {}

const contentSchema = z.object({ content: z.array(z.object({ type: z.literal("text"), text: z.string() })) });

/** A client that is connected. */
export class McpCaller {
  readonly #url: URL;
  readonly #provider: OAuthClientProvider;
  readonly #visit: Visit | undefined;
  #transport: StreamableHTTPClientTransport;
  #client: Client;
  #refusals: string[] = [];

  private constructor(url: URL, provider: OAuthClientProvider, visit: Visit | undefined) {
    this.#url = url;
    this.#provider = provider;
    this.#visit = visit;
    [this.#client, this.#transport] = this.#fresh();
  }

  /** @throws LoginRefused where a person is not let through */
  static async connect(url: URL, provider: OAuthClientProvider, visit?: Visit): Promise<McpCaller> {
    const caller = new McpCaller(url, provider, visit);
    await caller.#authorized(async () => {
      [caller.#client, caller.#transport] = caller.#fresh();
      await caller.#client.connect(caller.#transport);
    });
    return caller;
  }

  /** The names of the tools. */
  async tools(): Promise<string[]> {
    const { tools } = await this.#authorized(() => this.#client.listTools());
    return tools.map(({ name }) => name);
  }

  /** What a tool says. */
  async call(name: string, args: Readonly<Record<string, string>> = {}): Promise<string> {
    const answer = await this.#authorized(() => this.#client.callTool({ name, arguments: args }));
    return contentSchema
      .parse(answer)
      .content.map(({ text }) => text)
      .join("\n");
  }

  /** What the server said to what it refused, since this was last asked: `403 (ai:read ai:write)`. */
  refusals(): string[] {
    const refusals = this.#refusals;
    this.#refusals = [];
    return refusals;
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #fresh(): [Client, StreamableHTTPClientTransport] {
    const transport = new StreamableHTTPClientTransport(this.#url, {
      authProvider: this.#provider,
      fetch: async (url, init) => {
        const answer = await fetch(url, init);
        if (String(url) === this.#url.href && [401, 403].includes(answer.status)) {
          this.#refusals.push(refusalOf(answer));
        }
        return answer;
      },
    });
    return [new Client({ name: "demo", version: "0.1.0" }), transport];
  }

  /** Does what needs a token. Where a person has to be asked, they are, once, and it is done again. */
  async #authorized<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) throw this.#named(error);
      await this.#ask();
      return await work().catch((again: unknown) => {
        throw this.#named(again);
      });
    }
  }

  /** What the SDK says of a refusal is the body of the answer; the last challenge says more. */
  #named(error: unknown): unknown {
    const isRefusal = error instanceof UnauthorizedError || error instanceof StreamableHTTPError;
    return isRefusal ? new McpRefused(this.#refusals.at(-1) ?? error.message, { cause: error }) : error;
  }

  async #ask(): Promise<void> {
    const { underWay } = this.#provider instanceof Assistant ? this.#provider : {};
    if (underWay === undefined || this.#visit === undefined) throw new McpRefused("There is nobody to ask.");
    const { searchParams } = await this.#visit(underWay.url);
    const error = searchParams.get("error");
    if (error !== null) throw new LoginRefused(error, searchParams.get("error_description") ?? "");
    if (searchParams.get("state") !== underWay.state) throw new McpRefused("Another state came back.");
    await this.#transport.finishAuth(searchParams.get("code") ?? "");
  }
}

/** `401`, `401 invalid_token`, `403 (ai:read ai:write)`. */
function refusalOf({ status, headers }: Response): string {
  const challenge = headers.get("www-authenticate") ?? "";
  const shown =
    status === 401 ? /error="([^"]+)"/.exec(challenge)?.[1] : /scope="([^"]+)"/.exec(challenge)?.[1];
  if (shown === undefined) return String(status);
  return status === 401 ? `401 ${shown}` : `${status} (${shown})`;
}

/** A local Okta org for the tests of the org itself, and a client that speaks to it. */
import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, expect } from "@jest/globals";
import { z } from "zod";
import { startOktaTenant, type OktaTenant, type OktaTenantOptions } from "@ai-api-access/emulator-okta";
import { bodyOf } from "./body.ts";

/** What came back. */
export interface Answer {
  readonly status: number;
  /** Header names in lower case; the lines of a repeated header in order. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** The body, parsed where it is JSON; `undefined` when it was empty. */
  readonly body: unknown;
}

/** What to send in addition to method and path. */
interface SendOptions {
  readonly body?: unknown;
  /** In place of a body: the fields of a form. */
  readonly form?: Readonly<Record<string, string>>;
  /** The Authorization header: the token that the path wants by default, none for `null`. */
  readonly authorization?: string | null;
  /** The request target, when it is not the path: a client behind a proxy sends the whole URL. */
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A local org with shortcuts for asking it things. */
export class TestOrg {
  #tenant: OktaTenant | undefined;

  static async start(options: Partial<OktaTenantOptions> = {}): Promise<TestOrg> {
    const org = new TestOrg();
    org.#tenant = await startOktaTenant({ file: ":memory:", ...options });
    return org;
  }

  /** One org for all tests of a file or block: it runs while they do. */
  static use(options: Partial<OktaTenantOptions> = {}): TestOrg {
    const org = new TestOrg();
    beforeAll(async () => {
      org.#tenant = await startOktaTenant({ file: ":memory:", ...options });
    });
    afterAll(() => org.tenant.close());
    return org;
  }

  get tenant(): OktaTenant {
    if (this.#tenant === undefined) throw new Error("The org runs only while its tests do.");
    return this.#tenant;
  }

  /** Sends a request with the org's token. Node's own client, since it can send a URL as the target. */
  async send(method: string, path: string, options: SendOptions = {}): Promise<Answer> {
    const { apiToken, adminToken } = this.tenant;
    const own = path.startsWith("/_twin") ? `Bearer ${adminToken}` : `SSWS ${apiToken}`;
    const authorization = options.authorization === undefined ? own : options.authorization;
    const json = options.body === undefined ? undefined : JSON.stringify(options.body);
    const payload = options.form === undefined ? json : new URLSearchParams(options.form).toString();
    const type = options.form === undefined ? "application/json" : "application/x-www-form-urlencoded";
    const headers = {
      ...(authorization === null ? {} : { authorization }),
      ...(payload === undefined ? {} : { "content-type": type }),
      ...options.headers,
    };
    return new Promise((resolve, reject) => {
      const sent = httpRequest(
        { host: "127.0.0.1", port: this.tenant.port, method, path: options.target ?? path, headers },
        (response) => {
          const chunks: string[] = [];
          response.setEncoding("utf8");
          response.on("data", (chunk: string) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const text = chunks.join("");
            const lines = Object.entries(response.headersDistinct).map(([name, values]) => [
              name,
              values ?? [],
            ]);
            resolve({
              status: response.statusCode ?? 0,
              headers: z.record(z.string(), z.array(z.string())).parse(Object.fromEntries(lines)),
              body: bodyOf(text, response.headers["content-type"] ?? ""),
            });
          });
        },
      );
      sent.on("error", reject);
      sent.end(payload);
    });
  }

  /** Creates something and gives its id; throws with the org's answer when it refuses. */
  async create(path: string, body: unknown): Promise<string> {
    const answer = await this.send("POST", path, { body });
    const created = z.object({ id: z.string() }).safeParse(answer.body);
    if (!created.success)
      throw new Error(`POST ${path}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
    return created.data.id;
  }

  /** The ids in a list, in its order. */
  async ids(path: string): Promise<string[]> {
    const list = z.array(z.object({ id: z.string() })).parse((await this.send("GET", path)).body);
    return list.map(({ id }) => id);
  }

  /** Sends a request and expects 400 E0000001 about `field`, with a cause that matches, or with exactly this one. */
  async expectRefusal(
    method: string,
    path: string,
    body: unknown,
    field: string,
    cause: RegExp | string,
  ): Promise<void> {
    const answer = await this.send(method, path, { body });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        errorCode: "E0000001",
        errorLink: "E0000001",
        errorSummary: `Api validation failed: ${field}`,
        errorId: expect.stringMatching(/^oae[\w-]{22}$/),
        errorCauses:
          typeof cause === "string"
            ? [{ errorSummary: cause }]
            : expect.arrayContaining([{ errorSummary: expect.stringMatching(cause) }]),
      },
    });
  }

  /** Sends a request and expects a refusal with this status and code. */
  async expectError(method: string, path: string, status: number, errorCode: string): Promise<void> {
    const answer = await this.send(method, path);
    expect({ method, path, ...answer }).toMatchObject({ method, path, status, body: { errorCode } });
  }
}

/** A service application as the official provider sends it; `changes` go into its OAuth settings. */
export function serviceApp(
  changes: {
    readonly label?: string;
    readonly credentials?: Readonly<Record<string, unknown>>;
    readonly oauthClient?: Readonly<Record<string, unknown>>;
  } = {},
) {
  return {
    accessibility: {},
    credentials: {
      oauthClient: {
        autoKeyRotation: true,
        pkce_required: false,
        token_endpoint_auth_method: "client_secret_post",
        ...changes.credentials,
      },
      userNameTemplate: { template: "${source.login}", type: "BUILT_IN" },
    },
    label: changes.label ?? "AI Service OAuth App",
    name: "oidc_client",
    settings: {
      notes: {},
      oauthClient: {
        application_type: "service",
        grant_types: ["client_credentials"],
        response_types: ["token"],
        ...changes.oauthClient,
      },
    },
    signOnMode: "OPENID_CONNECT",
    visibility: { hide: { iOS: true, web: true } },
  };
}

/** An authorization server as the official provider sends it. */
export const authorizationServer = {
  name: "ai",
  description: "AI API",
  audiences: ["https://ai.example.com"],
  issuerMode: "ORG_URL",
  credentials: { signing: { rotationMode: "AUTO" } },
};

/** A policy as the official provider sends it. */
export function policy(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    type: "OAUTH_AUTHORIZATION_POLICY",
    name: "AI service",
    description: "Only the AI service",
    priority: 1,
    status: "ACTIVE",
    conditions: { clients: { include: ["ALL_CLIENTS"] } },
    ...changes,
  };
}

/** A rule as the official provider sends it. */
export function rule(
  changes: Readonly<Record<string, unknown>> = {},
  conditions: Readonly<Record<string, unknown>> = {},
) {
  return {
    type: "RESOURCE_ACCESS",
    name: "client credentials",
    priority: 1,
    status: "ACTIVE",
    conditions: {
      grantTypes: { include: ["client_credentials"] },
      people: { groups: { include: ["EVERYONE"] }, users: {} },
      scopes: { include: ["*"] },
      ...conditions,
    },
    actions: {
      token: {
        accessTokenLifetimeMinutes: 60,
        refreshTokenLifetimeMinutes: 0,
        refreshTokenWindowMinutes: 10_080,
      },
    },
    ...changes,
  };
}

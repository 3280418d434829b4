import { createHash, randomBytes } from "node:crypto";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { Agent, request } from "undici";
import { z } from "zod";
import { record } from "./auth0-tenant.ts";
import type { TestTenant } from "./auth0-tenant.ts";

/** The password of the people that a new tenant has. */
export const PASSWORD = "Local-twin-1";

export const ADA = "auth0|64f0000000000000000000a1";
export const GRACE = "auth0|64f0000000000000000000a2";
export const ALAN = "auth0|64f0000000000000000000a3";

export const CALLBACK = "http://localhost:3000/callback";
export const AUDIENCE = "https://ai.example.com";

/** An answer as a browser gets it: no redirect is followed. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Where the browser is sent. */
  readonly location: string;
}

/** A tenant that is reached over HTTPS. */
interface Served extends Pick<TestTenant, "dispatcher"> {
  readonly tenant: { readonly origin: string };
}

/** What a browser is for the tenant: it keeps cookies and sends forms. */
export class Browser {
  readonly #target: Served;
  readonly #origin: string;
  readonly cookies = new Map<string, string>();
  /** The headers of every cookie that was set, as they came. */
  readonly setCookies: string[] = [];

  constructor(target: Served, origin = target.tenant.origin) {
    this.#target = target;
    this.#origin = origin;
  }

  get(path: string): Promise<PageAnswer> {
    return this.#send("GET", path);
  }

  post(path: string, form: Readonly<Record<string, string>>): Promise<PageAnswer> {
    return this.#send("POST", path, new URLSearchParams(form).toString());
  }

  async #send(method: string, path: string, body?: string): Promise<PageAnswer> {
    const answer = await request(new URL(path, this.#origin), {
      method,
      dispatcher: this.#target.dispatcher,
      headers: {
        ...(this.cookies.size === 0
          ? {}
          : { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") }),
        ...(body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.body.text();
    for (const line of [answer.headers["set-cookie"] ?? []].flat()) this.#keep(line);
    const { location = "" } = answer.headers;
    return { status: answer.statusCode, headers: answer.headers, text, location: [location].flat()[0] ?? "" };
  }

  #keep(line: string): void {
    this.setCookies.push(line);
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (line.includes("Max-Age=0")) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  /** Follows redirects within the tenant, as far as a page or another site. */
  async follow(answer: PageAnswer): Promise<PageAnswer> {
    let last = answer;
    while (last.status === 302 && last.location.startsWith("/")) last = await this.get(last.location);
    return last;
  }

  /** Fills in the form of a page and follows where that leads. */
  async submit(page: PageAnswer, form: Readonly<Record<string, string>>): Promise<PageAnswer> {
    const [, action = ""] = /<form method="post" action="([^"]+)"/.exec(page.text) ?? [];
    const [, token = ""] = /name="form_token" value="([^"]+)"/.exec(page.text) ?? [];
    return this.follow(await this.post(action.replaceAll("&amp;", "&"), { form_token: token, ...form }));
  }
}

/** What comes back to the application's callback. */
export function callbackParameters(answer: PageAnswer): Record<string, string> {
  if (!answer.location.startsWith(CALLBACK)) {
    throw new Error(
      `Not on the way to the callback: ${String(answer.status)} ${answer.location}\n${answer.text}`,
    );
  }
  return Object.fromEntries(new URL(answer.location).searchParams);
}

/** A verifier and its challenge (RFC 7636). */
export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

/** An organization as the stack declares one, for people of the tenant's first connection. */
export interface Stage {
  readonly organizationId: string;
  readonly connectionId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly readerRole: string;
  readonly editorRole: string;
}

/**
 * Makes an API with two permissions, a role for each kind of caller, an application and an organization of which Ada
 * is an editor and Grace a reader; Alan is a stranger.
 * @param api further properties of the API
 */
export async function stage(target: TestTenant, api: object = {}): Promise<Stage> {
  const expectOk: TestTenant["expectOk"] = (...request) => target.expectOk(...request);
  const id = (body: Record<string, unknown>): string => z.string().parse(body.id);
  await expectOk("POST", "/resource-servers", {
    identifier: AUDIENCE,
    name: "AI API",
    scopes: [{ value: "ai:read" }, { value: "ai:write" }],
    enforce_policies: true,
    token_dialect: "access_token_authz",
    ...api,
  });
  const role = async (name: string, permissions: string[]): Promise<string> => {
    const made = id(await expectOk("POST", "/roles", { name }));
    await expectOk("POST", `/roles/${made}/permissions`, {
      permissions: permissions.map((permission) => ({
        resource_server_identifier: AUDIENCE,
        permission_name: permission,
      })),
    });
    return made;
  };
  const readerRole = await role("reader", ["ai:read"]);
  const editorRole = await role("editor", ["ai:read", "ai:write"]);
  const client = await expectOk("POST", "/clients", {
    name: "AI Console",
    app_type: "regular_web",
    callbacks: [CALLBACK],
    allowed_logout_urls: ["http://localhost:3000"],
    grant_types: ["authorization_code", "refresh_token"],
    oidc_conformant: true,
    jwt_configuration: { alg: "RS256" },
    organization_usage: "require",
    // Who is signed in comes back to a callback on this machine without a page.
    skip_non_verifiable_callback_uri_confirmation_prompt: true,
  });
  const organizationId = id(
    await expectOk("POST", "/organizations", {
      name: "my-awesome-company",
      display_name: "My Awesome Company",
      branding: {
        logo_url: "https://example.com/logo.png",
        colors: { primary: "#0000FF", page_background: "#FFFFFF" },
      },
    }),
  );
  const connectionId = await firstConnection(target);
  await enableFor(target, connectionId, String(client.client_id));
  await expectOk("POST", `/organizations/${organizationId}/connections`, {
    connection_id: connectionId,
    is_enabled: true,
    assign_membership_on_login: false,
  });
  await expectOk("POST", `/organizations/${organizationId}/members`, { members: [ADA, GRACE] });
  await expectOk("POST", `/organizations/${organizationId}/members/${ADA}/roles`, { roles: [editorRole] });
  await expectOk("POST", `/organizations/${organizationId}/members/${GRACE}/roles`, { roles: [readerRole] });
  return {
    organizationId,
    connectionId,
    clientId: String(client.client_id),
    clientSecret: String(client.client_secret),
    readerRole,
    editorRole,
  };
}

/** The id of `Username-Password-Authentication`. */
export async function firstConnection(target: TestTenant): Promise<string> {
  const { body } = await target.call("GET", "/api/v2/connections?name=Username-Password-Authentication");
  return (
    z
      .array(z.object({ id: z.string() }))
      .min(1)
      .parse(body)[0]?.id ?? ""
  );
}

/** Lets an application use a connection. */
export async function enableFor(target: TestTenant, connectionId: string, clientId: string): Promise<void> {
  await target.expectOk("PATCH", `/connections/${connectionId}/clients`, [
    { client_id: clientId, status: true },
  ]);
}

/** The path of an authorization request. */
export function authorizePath(
  { clientId, organizationId }: Pick<Stage, "clientId" | "organizationId">,
  more: Record<string, string> = {},
): string {
  const parameters = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: CALLBACK,
    scope: "openid profile email ai:read ai:write",
    audience: AUDIENCE,
    organization: organizationId,
    state: "the application's state",
    ...more,
  };
  // A parameter is left out by an empty text.
  const given = Object.entries(parameters).filter(([, value]) => value !== "");
  return `/authorize?${new URLSearchParams(given).toString()}`;
}

/** Somebody who is invited follows the link of the mail and makes an account. */
export async function acceptInvitation(
  { origin, ca }: { readonly origin: string; readonly ca: string },
  stage: Pick<Stage, "clientId" | "organizationId">,
  { email, ticket }: { readonly email: string; readonly ticket: string },
): Promise<void> {
  const dispatcher = new Agent({ connect: { ca } });
  try {
    const browser = new Browser({ tenant: { origin }, dispatcher });
    const page = await browser.follow(await browser.get(authorizePath(stage, { invitation: ticket })));
    callbackParameters(await browser.submit(page, { email, password: "Only-for-a-test-1" }));
  } finally {
    await dispatcher.close();
  }
}

/** Calls the token endpoint with a form. */
export async function tokenRequest(
  target: TestTenant,
  parameters: Readonly<Record<string, string>>,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const form = new URLSearchParams(parameters).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const { status, body } = await target.call("POST", "/oauth/token", form, { authorization: null, headers });
  return { status, body: record(body) };
}

/** Header and claims of a token, unverified. */
export function opened(token: unknown): { header: Record<string, unknown>; claims: Record<string, unknown> } {
  const jwt = z.string().parse(token);
  return { header: { ...decodeProtectedHeader(jwt) }, claims: { ...decodeJwt(jwt) } };
}

/** Parameters without some of them. */
export function without(parameters: Record<string, string>, ...names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !names.includes(name)));
}

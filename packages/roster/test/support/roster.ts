/** An organization on a local tenant in this process, and the roster's core driving it. */
import { z } from "zod";
import { addCrowd } from "@ai-api-access/testing/crowd.ts";
import { startAuth0Tenant } from "@ai-api-access/emulator-auth0";
import type { Auth0Tenant, Auth0TenantOptions } from "@ai-api-access/emulator-auth0";
import { auth0Client, trustAlso } from "@ai-api-access/tenant-clients";
import type { TenantClient } from "@ai-api-access/tenant-clients";
import { testTls } from "@ai-api-access/testing/tls.ts";

const created = z.object({ id: z.string() });
const invitations = z.array(
  z.object({
    id: z.string(),
    invitee: z.object({ email: z.string() }),
    roles: z.array(z.string()).default([]),
  }),
);

/** Who is in an organization, each with the ids of their roles in order. */
export type Holdings = Readonly<Record<string, readonly string[]>>;

export class RosterTenant {
  readonly tenant: Auth0Tenant;
  readonly organization: string;
  /** Ids of the roles `reader`, `editor` and `owner`. */
  readonly roles: readonly [reader: string, editor: string, owner: string];
  /** The Management API as the roster uses it. */
  readonly client: TenantClient;
  readonly certificate: string;

  private constructor(
    tenant: Auth0Tenant,
    organization: string,
    roles: [string, string, string],
    client: TenantClient,
    certificate: string,
  ) {
    this.tenant = tenant;
    this.organization = organization;
    this.roles = roles;
    this.client = client;
    this.certificate = certificate;
  }

  /** A tenant with `crowd` users, one organization without members and three roles. */
  static async create(crowd: number, options: Partial<Auth0TenantOptions> = {}): Promise<RosterTenant> {
    const tls = testTls();
    const tenant = await startAuth0Tenant({ file: ":memory:", tls, ...options });
    trustAlso(tls.cert);
    addCrowd(tenant, crowd);
    const { clientId, clientSecret } = tenant.management;
    const client = auth0Client({
      domain: tenant.domain,
      credentials: { kind: "secret", clientId, clientSecret },
    });
    const make = async (path: string, body: object) =>
      created.parse(await client.send("POST", path, body)).id;
    const organization = await make("/organizations", { name: "acme", display_name: "Acme" });
    const reader = await make("/roles", { name: "reader", description: "Reads" });
    const editor = await make("/roles", { name: "editor", description: "Edits" });
    const owner = await make("/roles", { name: "owner", description: "Owns" });
    tenant.clearRequests();
    return new RosterTenant(tenant, organization, [reader, editor, owner], client, tls.cert);
  }

  /** Calls the tenant by hand, as somebody at the dashboard would. Paths begin after `/api/v2`. */
  byHand(method: "POST" | "DELETE", path: string, body?: object): Promise<unknown> {
    return this.client.send(method, path, body);
  }

  async join(...users: string[]): Promise<void> {
    await this.byHand("POST", `/organizations/${this.organization}/members`, { members: users });
  }

  async leave(...users: string[]): Promise<void> {
    await this.byHand("DELETE", `/organizations/${this.organization}/members`, { members: users });
  }

  async give(user: string, ...roles: string[]): Promise<void> {
    await this.byHand("POST", this.#rolesOf(user), { roles });
  }

  async take(user: string, ...roles: string[]): Promise<void> {
    await this.byHand("DELETE", this.#rolesOf(user), { roles });
  }

  #rolesOf(user: string): string {
    return `/organizations/${this.organization}/members/${encodeURIComponent(user)}/roles`;
  }

  /** An application that people who are invited can log in to; gives its id. */
  async application(): Promise<string> {
    const client = await this.byHand("POST", "/clients", {
      ...{ name: "Console", app_type: "regular_web" },
      initiate_login_uri: "https://console.example.com/login",
    });
    return z.object({ client_id: z.string() }).parse(client).client_id;
  }

  /** Emails of those who are invited, in order. */
  async invited(): Promise<string[]> {
    return (await this.#invitations()).map(({ invitee }) => invitee.email).sort();
  }

  /** Somebody who is invited makes an account and is a member; Auth0 then forgets the invitation. Gives the user id. */
  async accept(email: string): Promise<string> {
    const connection = "Username-Password-Authentication";
    const made = await this.byHand("POST", "/users", { connection, email, password: "Only-for-a-test-1" });
    const { user_id: user } = z.object({ user_id: z.string() }).parse(made);
    await this.join(user);
    await this.give(user, ...(await this.withdraw(email)));
    return user;
  }

  /** Takes an invitation back, as somebody at the dashboard would; gives its roles. */
  async withdraw(email: string): Promise<readonly string[]> {
    const found = (await this.#invitations()).find(({ invitee }) => invitee.email === email);
    await this.byHand("DELETE", `/organizations/${this.organization}/invitations/${found?.id ?? ""}`);
    return found?.roles ?? [];
  }

  async #invitations() {
    return invitations.parse(await this.client.read(`/organizations/${this.organization}/invitations`));
  }

  /** What the organization really holds, from the tenant's own store. */
  holdings(): Holdings {
    const { collections } = this.tenant.snapshot();
    const row = z.array(
      z.looseObject({ organization_id: z.string(), user_id: z.string(), role_id: z.string().optional() }),
    );
    const here = (name: string) =>
      row.parse(collections[name] ?? []).filter((found) => found.organization_id === this.organization);
    const roles = Map.groupBy(here(ROLES), (given) => given.user_id);
    const entries = here(MEMBERS).map(({ user_id: user }): [string, string[]] => [
      user,
      (roles.get(user) ?? []).map((given) => given.role_id ?? "").sort(),
    ]);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Requests to the Management API since the last call of this: `GET /organizations/…/members`. */
  takeRequests(): string[] {
    const requests = this.tenant
      .requests()
      .filter(({ path }) => path.startsWith("/api/v2/"))
      .map(({ method, path }) => `${method} ${path.replace("/api/v2", "")}`);
    this.tenant.clearRequests();
    return requests;
  }

  async close(): Promise<void> {
    await this.tenant.close();
  }
}

const MEMBERS = "organization_members";
const ROLES = "organization_member_roles";

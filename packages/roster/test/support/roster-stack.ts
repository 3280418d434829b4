/** A stack of nothing but a roster, on the real engine, with a tenant in this process. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { OrganizationRoster } from "../../../../src/components/auth0/organization-roster.ts";
import type { OrganizationRosterArgs } from "../../../../src/components/auth0/organization-roster.ts";
import { RosterProvider } from "../../../../src/components/auth0/roster-plugin.ts";
import { change } from "@ai-api-access/local/engine/change.ts";
import { engineStack } from "@ai-api-access/testing/engine-stack.ts";
import type { EngineStack } from "@ai-api-access/testing/engine-stack.ts";
import { RosterTenant } from "./roster.ts";

const PLUGIN = fileURLToPath(new URL("../..", import.meta.url));

/** What a run did: counts by operation, and everything that the engine said. */
export interface Run {
  readonly changes: Readonly<Partial<Record<string, number>>>;
  readonly output: string;
}

export class RosterStack {
  readonly tenant: RosterTenant;
  /** Whom the program declares: the text of `members.csv`. */
  readonly #engine: EngineStack;
  readonly #folder: string;
  /** Arguments of the roster that differ from the usual ones. */
  settings: Partial<OrganizationRosterArgs> = {};
  /** Whether the program declares a roster at all. */
  declared = true;

  private constructor(tenant: RosterTenant, engine: EngineStack, folder: string) {
    this.tenant = tenant;
    this.#engine = engine;
    this.#folder = folder;
  }

  static async create(
    crowd: number,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<RosterStack> {
    const tenant = await RosterTenant.create(crowd);
    const folder = mkdtempSync(join(tmpdir(), "roster-stack-"));
    const ca = join(folder, "ca.pem");
    writeFileSync(ca, tenant.certificate);
    const { clientId, clientSecret } = tenant.tenant.management;
    const engine = await engineStack({
      program: () => {
        stack.#declare();
        return Promise.resolve({});
      },
      plugins: [{ name: "roster", path: PLUGIN }],
      environment: {
        AUTH0_DOMAIN: tenant.tenant.domain,
        AUTH0_CLIENT_ID: clientId,
        AUTH0_CLIENT_SECRET: clientSecret,
        SSL_CERT_FILE: ca,
        ...environment,
      },
    });
    const stack: RosterStack = new RosterStack(tenant, engine, folder);
    return stack;
  }

  #declare(): void {
    if (!this.declared) return;
    const [reader, editor, owner] = this.tenant.roles;
    const args: OrganizationRosterArgs = {
      organizationId: this.tenant.organization,
      membersFile: "members.csv",
      folder: this.#folder,
      roles: { reader, editor, owner },
      mode: "additive",
      ...this.settings,
    };
    new OrganizationRoster("members", args, { providers: [new RosterProvider("roster", {})] });
  }

  get stack(): Stack {
    return this.#engine.stack;
  }

  /** Writes `members.csv`: each person with the names of their roles. */
  declare(people: Readonly<Record<string, readonly string[]>>): void {
    const lines = Object.entries(people).map(([user, roles]) => `${user},${roles.join(";")}`);
    this.write(["user,roles", ...lines, ""].join("\n"));
  }

  write(text: string | Uint8Array, name = "members.csv"): void {
    writeFileSync(join(this.#folder, name), text);
  }

  async run(command: "up" | "preview" | "refresh" | "destroy", options: object = {}): Promise<Run> {
    const said: string[] = [];
    const onOutput = (text: string) => said.push(text);
    try {
      if (command === "preview") {
        const { changeSummary } = await this.stack.preview({ onOutput, ...options });
        return { changes: changeSummary, output: said.join("") };
      }
      const changes = await change(this.stack, command, { onOutput, ...options });
      return { changes, output: said.join("") };
    } catch (cause) {
      throw new Error(said.join(""), { cause });
    }
  }

  /** What the engine keeps of the stack now, as text. */
  async state(): Promise<string> {
    return JSON.stringify(await this.stack.exportStack());
  }

  async close(): Promise<void> {
    await this.tenant.close();
    this.#engine.remove();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

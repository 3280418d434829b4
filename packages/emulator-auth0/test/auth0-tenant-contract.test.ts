/**
 * Claim: the local Auth0 tenant understands every request that the official provider makes, in the order it
 * made them, and answers with the status that the vendor answers.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";

const CONTRACTS = join(process.cwd(), "../shared/contracts/official-providers");

const recordedSchema = z.object({
  api: z.enum(["auth0", "okta"]),
  method: z.string(),
  path: z.string(),
  body: z.unknown().optional(),
});
type Recorded = z.infer<typeof recordedSchema>;

function recorded(folder: string, file: string): Recorded[] {
  return readFileSync(join(CONTRACTS, folder, file), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => recordedSchema.parse(JSON.parse(line)))
    .filter((entry) => entry.api === "auth0");
}

/** The statuses that the vendor answers with; the recording's own come from a stub and mean nothing. */
function vendorStatus({ method, path, body }: Recorded): number {
  const [where = ""] = path.split("?");
  if (method === "GET") return 200;
  if (where.endsWith("/members") && method === "POST" && membersIn(body) > 10) return 400;
  if (/\/members(\/[^/]+\/roles)?$/.test(where)) return 204;
  if (/\/connections\/[^/]+\/clients$/.test(where)) return 204;
  if (method === "PATCH") return 200;
  if (method === "POST") return where.endsWith("/roles") ? 200 : 201;
  if (/\/api\/v2\/connections\/[^/]+$/.test(where)) return 202;
  return /\/api\/v2\/roles\/[^/]+$/.test(where) ? 200 : 204;
}

function membersIn(body: unknown): number {
  const parsed = z.object({ members: z.array(z.string()) }).safeParse(body);
  return parsed.success ? parsed.data.members.length : 0;
}

/** Which placeholder a creation's answer gives a value to: kind, and where the id is. */
const CREATIONS: readonly (readonly [path: RegExp, kind: string, field: string])[] = [
  [/^\/api\/v2\/organizations$/, "organization", "id"],
  [/^\/api\/v2\/connections$/, "connection", "id"],
  [/^\/api\/v2\/clients$/, "client", "client_id"],
  [/^\/api\/v2\/roles$/, "role", "id"],
  [/^\/api\/v2\/resource-servers$/, "id", "id"],
  [/^\/api\/v2\/users$/, "user", "user_id"],
  [/^\/api\/v2\/client-grants$/, "clientGrant", "id"],
];

/** Replays a folder's files against one tenant, its placeholders filled from what the tenant answers. */
class Replay {
  readonly #target: TestTenant;
  readonly #ids = new Map<string, string>();
  readonly #waiting: Recorded[];

  constructor(target: TestTenant, fixed: Readonly<Record<string, string>>, all: readonly Recorded[]) {
    this.#target = target;
    this.#waiting = [...all];
    for (const [name, id] of Object.entries(fixed)) this.#ids.set(name, id);
  }

  async send(entry: Recorded): Promise<{ status: number; body: unknown; sent: string }> {
    this.#waiting.shift();
    const path = this.#filled(entry.path);
    const body: unknown =
      entry.body === undefined ? undefined : JSON.parse(this.#filled(JSON.stringify(entry.body)));
    const answer = await this.#target.call(entry.method, path, body);
    if (entry.method === "POST" && answer.status < 300) this.#learn(entry, answer.body);
    return { ...answer, sent: `${entry.method} ${path}` };
  }

  #filled(text: string): string {
    const filled = [...this.#ids].reduce((current, [name, id]) => current.replaceAll(name, id), text);
    const left = /\{\w+:\d+\}/.exec(filled);
    if (left !== null) throw new Error(`No answer gave ${left[0]} a value: ${text}`);
    return filled;
  }

  /**
   * The placeholder of a creation is the one that the provider reads back: the first of its kind in the
   * requests to come that has no value yet.
   */
  #learn(entry: Recorded, answer: unknown): void {
    const creation = CREATIONS.find(([path]) => path.test(entry.path));
    if (creation === undefined) return;
    const [, kind, field] = creation;
    const id = String(Reflect.get(Object(answer), field));
    const placeholder = this.#placeholderFor(kind, entry);
    if (placeholder !== undefined) this.#ids.set(placeholder, id);
  }

  #placeholderFor(kind: string, entry: Recorded): string | undefined {
    const reading: Record<string, RegExp> = {
      client: /\/api\/v2\/clients\/(\{id:\d+\})/,
      id: /\/api\/v2\/resource-servers\/(\{id:\d+\})/,
    };
    const pattern = reading[kind] ?? new RegExp(`\\/(\\{${kind}:\\d+\\})`);
    const candidates = this.#waiting.flatMap(({ path }) => pattern.exec(path)?.[1] ?? []);
    const free = [...new Set(candidates)].filter((name) => !this.#ids.has(name));
    if (kind !== "client" || free.length < 2) return free[0];
    // Two clients are made at once: the machine one is the one that gets a grant.
    const machine = JSON.stringify(entry.body).includes("client_credentials");
    const granted = this.#waiting.find(
      ({ method, path }) => method === "POST" && path === "/api/v2/client-grants",
    );
    return free.find((name) => JSON.stringify(granted?.body ?? {}).includes(name) === machine);
  }
}

/** What the stub of the recordings had from the start, and a real tenant has from somebody's hand. */
async function seed(target: TestTenant): Promise<Record<string, string>> {
  const users = Array.from({ length: 14 }, (_, index) => `user${String(index)}`);
  for (const user of users) {
    await target.expectOk("POST", "/users", {
      connection: "Username-Password-Authentication",
      user_id: user,
      email: `${user}@example.com`,
      password: "Contract-test-1",
    });
  }
  const role = await target.expectOk("POST", "/roles", { name: "reader", description: "may read" });
  const found = await target.call("GET", "/api/v2/connections?name=Username-Password-Authentication");
  const [connection] = z.array(z.object({ id: z.string() })).parse(found.body);
  return { rol_reader0000000001: String(role.id), con_default000000001: connection?.id ?? "" };
}

if (!existsSync(CONTRACTS)) {
  test.skip("the recordings of the official providers are not here (../shared/contracts), so they are not replayed", () => {
    // Nothing to replay.
  });
} else {
  describe.each(["stack", "every-type"])("requests of the official provider, %s", (folder) => {
    let target: TestTenant;
    let replay: Replay;
    const order = [
      "create",
      "preview-noop",
      "refresh",
      "rename",
      "swap",
      "connection",
      "authorization",
      "update",
      "destroy",
    ];
    const files = readdirSync(join(CONTRACTS, folder))
      .filter((file) => file.endsWith(".jsonl"))
      .sort((a, b) => place(a) - place(b));
    function place(file: string): number {
      return order.findIndex((word) => file.includes(word));
    }

    beforeAll(async () => {
      target = await startTestTenant();
      replay = new Replay(
        target,
        await seed(target),
        files.flatMap((file) => recorded(folder, file)),
      );
    });
    afterAll(async () => {
      await target.close();
    });

    test.each(files)("%s is answered as the vendor answers it", async (file) => {
      const wrong: string[] = [];
      const entries = recorded(folder, file);
      for (const entry of entries) {
        const { status, body, sent } = await replay.send(entry);
        const expected = vendorStatus(entry);
        if (status !== expected) {
          wrong.push(`${sent}: ${String(status)} instead of ${String(expected)}: ${JSON.stringify(body)}`);
        }
      }
      expect(entries.length).toBeGreaterThan(0);
      expect(wrong).toEqual([]);
    });

    test("nothing that the stack made is left after destroy", async () => {
      for (const list of ["organizations", "client-grants"]) {
        const { body } = await target.call("GET", `/api/v2/${list}`);
        expect(body).toHaveLength(list === "client-grants" ? 1 : 0);
      }
      const { body: connections } = await target.call("GET", "/api/v2/connections");
      expect(connections).toHaveLength(1);
      const { body: clients } = await target.call("GET", "/api/v2/clients");
      expect(clients).toHaveLength(3);
    });
  });
}

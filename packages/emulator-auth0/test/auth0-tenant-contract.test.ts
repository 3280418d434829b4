/**
 * Claim: the local Auth0 tenant understands every request that the official provider makes, in the order it
 * made them, and answers with the status that the vendor answers.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { firstConnection } from "@ai-api-access/testing/auth0-sign-in.ts";
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

/** By the path of a creation: where its thing is read back by a placeholder, and where the answer has its id. */
const CREATIONS: Readonly<Record<string, readonly [reading: RegExp, id: string]>> = {
  "/api/v2/organizations": [/\/(\{organization:\d+\})/, "id"],
  "/api/v2/connections": [/\/(\{connection:\d+\})/, "id"],
  "/api/v2/clients": [/\/api\/v2\/clients\/(\{id:\d+\})/, "client_id"],
  "/api/v2/roles": [/\/(\{role:\d+\})/, "id"],
  "/api/v2/resource-servers": [/\/api\/v2\/resource-servers\/(\{id:\d+\})/, "id"],
  "/api/v2/users": [/\/(\{user:\d+\})/, "user_id"],
  "/api/v2/client-grants": [/\/(\{clientGrant:\d+\})/, "id"],
};

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
    const [reading, field] = CREATIONS[entry.path] ?? [];
    if (reading === undefined || field === undefined) return;
    const candidates = this.#waiting.flatMap(({ path }) => reading.exec(path)?.[1] ?? []);
    const free = [...new Set(candidates)].filter((name) => !this.#ids.has(name));
    const placeholder = free.length < 2 || field !== "client_id" ? free[0] : this.#oneOf(free, entry);
    if (placeholder !== undefined) this.#ids.set(placeholder, String(Reflect.get(Object(answer), field)));
  }

  /** Two clients are made at once: the machine one is the one that gets a grant. */
  #oneOf(clients: readonly string[], { body }: Recorded): string | undefined {
    const machine = JSON.stringify(body).includes("client_credentials");
    const granted = this.#waiting.find(
      ({ method, path }) => method === "POST" && path === "/api/v2/client-grants",
    );
    return clients.find((name) => JSON.stringify(granted?.body ?? {}).includes(name) === machine);
  }
}

/** What the stub of the recordings had from the start, and a real tenant has from somebody's hand. */
async function seed(target: TestTenant): Promise<Record<string, string>> {
  const common = { connection: "Username-Password-Authentication", password: "Contract-test-1" };
  for (let index = 0; index < 14; index += 1) {
    const id = `user${String(index)}`;
    await target.expectOk("POST", "/users", { ...common, user_id: id, email: `${id}@example.com` });
  }
  const role = await target.expectOk("POST", "/roles", { name: "reader", description: "may read" });
  return { rol_reader0000000001: String(role.id), con_default000000001: await firstConnection(target) };
}

if (!existsSync(CONTRACTS)) {
  test.skip("the recordings of the official providers are not here (../shared/contracts), so they are not replayed", () => {
    // Nothing to replay.
  });
} else {
  describe.each(["stack", "every-type"])("requests of the official provider, %s", (folder) => {
    let target: TestTenant;
    let replay: Replay;
    const order = "create preview-noop refresh rename swap connection authorization update destroy".split(
      " ",
    );
    const place = (file: string): number => order.findIndex((word) => file.includes(word));
    const files = readdirSync(join(CONTRACTS, folder))
      .filter((file) => file.endsWith(".jsonl"))
      .sort((a, b) => place(a) - place(b));

    beforeAll(async () => {
      target = await startTestTenant();
      const all = files.flatMap((file) => recorded(folder, file));
      replay = new Replay(target, await seed(target), all);
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
      const left = { organizations: 0, "client-grants": 1, connections: 1, clients: 3 };
      for (const [list, count] of Object.entries(left)) {
        expect((await target.call("GET", `/api/v2/${list}`)).body).toHaveLength(count);
      }
    });
  });
}

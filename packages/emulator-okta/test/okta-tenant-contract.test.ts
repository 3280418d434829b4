/**
 * The local Okta org against what the official provider was recorded to send. The recordings are kept beside
 * the repository, not in it; where they are absent these tests say so and are skipped.
 */
import { existsSync, readFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const folder = new URL("../../../../shared/contracts/official-providers/", import.meta.url);
const present = existsSync(folder);
if (!present) console.warn(`Skipped: the recorded requests are not at ${folder.pathname}.`);

const recordedSchema = z.object({
  api: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.number(),
  body: z.unknown().optional(),
});

const bodySchema = z.record(z.string(), z.unknown());

type Recorded = z.output<typeof recordedSchema>;

function read(file: string): Recorded[] {
  // The recorded key has 1024 bits, and Okta takes none below 2048: its number is written twice.
  return readFileSync(new URL(file, folder), "utf8")
    .replaceAll(/"n": "([\w-]{171})"/g, '"n": "$1$1"')
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => recordedSchema.parse(JSON.parse(line)))
    .filter(({ api }) => api === "okta");
}

/** The status with which the vendor answers; for one path it is another than the recorder's stub gave. */
function expectedStatus({ path, status }: Recorded): number {
  return path.endsWith("/settings/oauth/idToken") ? 200 : status;
}

/** Which placeholder a creation at this path gives an id to. */
const KINDS = [
  [/^\/api\/v1\/authorizationServers$/, "authServer"],
  [/^\/api\/v1\/apps\?/, "oktaApp"],
  [/\/scopes$/, "scope"],
  [/\/(policies|claims)$/, "policyOrClaim"],
  [/\/rules$/, "rule"],
  [/\/grants$/, "grant"],
] as const;

/** Replays recorded requests, putting this org's ids where the placeholders are. */
class Replay {
  readonly #org: TestOrg;
  readonly #ids = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #sent = new Map<string, object>();

  constructor(org: TestOrg) {
    this.#org = org;
    this.#ids.set("{oktaOrgUrl}", org.tenant.origin);
  }

  async run(file: string): Promise<void> {
    for (const recorded of read(file)) await this.#one(file, recorded);
  }

  async #one(file: string, recorded: Recorded): Promise<void> {
    const { method } = recorded;
    const path = this.#fill(recorded.path);
    const body =
      recorded.body === undefined
        ? undefined
        : bodySchema.parse(JSON.parse(this.#fill(JSON.stringify(recorded.body))));
    const answer = await this.#org.send(method, path, { body });
    expect({ file, method, path, status: answer.status, body: answer.body }).toMatchObject({
      status: expectedStatus(recorded),
    });
    if (body !== undefined) this.#learn(recorded.path, path, body, answer.body);
    // What was sent must come back, or the provider sees a change in every refresh.
    if (method === "GET" && this.#sent.has(path))
      expect(answer.body).toMatchObject(this.#sent.get(path) ?? {});
  }

  #learn(recordedPath: string, path: string, sent: object, answer: unknown): void {
    const kind = KINDS.find(([pattern]) => pattern.test(recordedPath))?.[1];
    if (kind === undefined) return;
    const { id } = z.object({ id: z.string() }).parse(answer);
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    this.#ids.set(`{${kind}:${String(count)}}`, id);
    this.#sent.set(`${path.replace(/\?.*/, "")}/${id}`, sent);
  }

  #fill(text: string): string {
    return text.replaceAll(/\{[A-Za-z]+(:\d+)?\}/g, (placeholder) => {
      const id = this.#ids.get(placeholder);
      if (id === undefined) throw new Error(`Nothing that was created stands for ${placeholder}.`);
      return id;
    });
  }
}

(present ? describe : describe.skip)("the official provider's requests", () => {
  const org = TestOrg.use();
  beforeEach(() => {
    org.tenant.reset();
    org.tenant.clearRequests();
  });

  test.each([
    [
      "the stack",
      [
        "stack/1-create.jsonl",
        "stack/2-preview-noop.jsonl",
        "stack/3-refresh.jsonl",
        "stack/4-rename-display.jsonl",
        "stack/5-swap-member-and-roles.jsonl",
        "stack/6-connection-replaced.jsonl",
        "stack/7-authorization-server-changed.jsonl",
        "stack/8-destroy.jsonl",
      ],
    ],
    [
      "every type",
      ["create", "preview-noop", "refresh", "update", "destroy"].map((name) => `every-type/${name}.jsonl`),
    ],
  ])("through the life of %s are answered as Okta does, and the org ends as it began", async (_, files) => {
    const before = org.tenant.snapshot();
    const replay = new Replay(org);
    for (const file of files) await replay.run(file);
    expect(org.tenant.requests().length).toBeGreaterThan(40);
    expect(org.tenant.snapshot()).toEqual(before);
  });
});

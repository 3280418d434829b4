/**
 * Where the tenants stood when a change began, kept in a file until the change has ended in order. What they
 * hold beyond it was made by the change, so it is the stack's own.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "undici";
import { z } from "zod";
import { parseJson, storeMarksSchema } from "@ai-api-access/emulator-core";
import type { TenantAccess } from "../tenants/access.ts";
import { writeWhole } from "@ai-api-access/emulator-core/machine/files.ts";

const marksSchema = z.object({ auth0: storeMarksSchema, okta: storeMarksSchema });
type Marks = z.infer<typeof marksSchema>;

/** Keys of what the tenants made since the marks. */
export type NewKeys = ReadonlySet<string>;

/** Whether an id (`org_…`, or `org_…::con_…` for a link) belongs to something new. */
export function isNew(id: string, keys: NewKeys): boolean {
  return keys.has(id) || keys.has(JSON.stringify(id.split("::")));
}

/** The marks of an unfinished change, in `file`. */
export class UnfinishedChange {
  readonly #file: string;
  readonly #access: TenantAccess;

  constructor(file: string, access: TenantAccess) {
    this.#file = file;
    this.#access = access;
  }

  exists(): boolean {
    return existsSync(this.#file);
  }

  /** Notes where the tenants stand. An older note stays: what it marks has not been brought in order yet. */
  async begin(): Promise<void> {
    if (this.exists()) return;
    const marks: Marks = {
      auth0: storeMarksSchema.parse(await this.#ask("auth0", "GET", "marks")),
      okta: storeMarksSchema.parse(await this.#ask("okta", "GET", "marks")),
    };
    writeWhole(this.#file, JSON.stringify(marks));
  }

  end(): void {
    rmSync(this.#file, { force: true });
  }

  async newKeys(): Promise<NewKeys> {
    const marks = marksSchema.parse(parseJson(readFileSync(this.#file, "utf8")));
    const answers = await Promise.all([
      this.#ask("auth0", "POST", "keys-after", marks.auth0),
      this.#ask("okta", "POST", "keys-after", marks.okta),
    ]);
    const keys = z.array(z.record(z.string(), z.array(z.string()))).parse(answers);
    return new Set(keys.flatMap((collections) => Object.values(collections).flat()));
  }

  async #ask(
    tenant: "auth0" | "okta",
    method: "GET" | "POST",
    path: string,
    body?: object,
  ): Promise<unknown> {
    const { caFile, adminToken } = this.#access;
    const dispatcher = new Agent({ connect: { ca: readFileSync(caFile) } });
    try {
      const answer = await request(`${this.#access[tenant].origin}/_twin/${path}`, {
        dispatcher,
        method,
        headers: {
          authorization: `Bearer ${adminToken}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return await answer.body.json();
    } finally {
      await dispatcher.close();
    }
  }
}

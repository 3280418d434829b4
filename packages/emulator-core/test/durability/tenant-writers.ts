import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";
import { tenantClient, type TenantClient, type VendorName } from "@ai-api-access/testing/tenant-http.ts";
import { HEAVY_CYCLES } from "./cycles.ts";
import { Writer, type Finding } from "./writer.ts";

/** What became of one tenant's data. */
export interface Durability {
  readonly vendor: VendorName;
  readonly acknowledged: number;
  /** Writes under way at a kill: the tenant had applied them, or had not. */
  readonly unanswered: { readonly applied: number; readonly notApplied: number };
  readonly findings: readonly Finding[];
  /** What SQLite says of the file at the end; `ok` when it is whole. */
  readonly integrity: string;
}

/** The writers of one tenant, over all of its lives. */
export class TenantWriters {
  readonly #vendor: VendorName;
  readonly #writers: readonly Writer[];
  readonly #findings: Finding[] = [];
  #client: TenantClient | undefined;

  constructor(vendor: VendorName, size: number) {
    this.#vendor = vendor;
    this.#writers = Array.from({ length: size }, (_, index) => {
      return new Writer({ name: `w${String(index)}`, cycles: HEAVY_CYCLES[vendor], keepEvery: 3 });
    });
  }

  /** Goes to the tenant in its new life and compares what the last one left. */
  async begin(access: TenantAccess): Promise<void> {
    this.#client = tenantClient(this.#vendor, access, { connections: this.#writers.length });
    await this.#compare(this.#client, (writer, client) => writer.check(client));
  }

  /** Writes until the tenant dies. What fails before {@link end} is a fault; what fails after it was cut off. */
  async write(): Promise<void> {
    const client = this.#client;
    if (client === undefined) return;
    const lives = (): boolean => this.#client === client;
    const writing = this.#writers.map(async (writer) => {
      try {
        await writer.write(client, lives);
      } catch (error) {
        if (lives()) throw error;
      }
    });
    await Promise.all(writing);
    await client.close();
  }

  /** The tenant is dead, or about to be. */
  end(): void {
    this.#client = undefined;
  }

  /** Compares everything that was acknowledged in all lives. */
  async checkAll(access: TenantAccess): Promise<void> {
    const client = tenantClient(this.#vendor, access, { connections: this.#writers.length });
    try {
      await this.#compare(client, (writer) => writer.checkAll(client));
    } finally {
      await client.close();
    }
  }

  /** @param folder where the tenant's file lies, that nobody serves now */
  outcome(folder: string): Durability {
    const sum = (of: (writer: Writer) => number): number =>
      this.#writers.reduce((total, writer) => total + of(writer), 0);
    return {
      vendor: this.#vendor,
      acknowledged: sum(({ acknowledged }) => acknowledged),
      unanswered: {
        applied: sum(({ unanswered }) => unanswered.applied),
        notApplied: sum(({ unanswered }) => unanswered.notApplied),
      },
      findings: this.#findings,
      integrity: integrityOf(join(folder, `${this.#vendor}.sqlite`)),
    };
  }

  async #compare(
    client: TenantClient,
    check: (writer: Writer, client: TenantClient) => Promise<Finding[]>,
  ): Promise<void> {
    const found = await Promise.all(this.#writers.map((writer) => check(writer, client)));
    this.#findings.push(...found.flat());
  }
}

function integrityOf(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database.prepare("PRAGMA integrity_check").all();
    return rows.map((row) => String(row.integrity_check)).join("; ");
  } finally {
    database.close();
  }
}

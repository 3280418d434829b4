/**
 * The requests that the official plugins were recorded to make, and those of a stack of ours, in a form in which
 * they can be compared. The recordings are kept beside the repository, not in it.
 */
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { masked } from "@ai-api-access/emulator-core";
import type { Sent, StandInStack } from "./stand-in-stack.ts";

const recordedSchema = z.object({
  api: z.enum(["auth0", "okta"]),
  method: z.string(),
  path: z.string(),
  body: z.unknown().optional(),
});
const stateSchema = z.object({
  resources: z.array(z.object({ urn: z.string(), type: z.string(), id: z.string().optional() })).default([]),
});

/** One folder of recordings. */
export class Recordings {
  readonly present: boolean;
  /** Placeholders by the id that the tenants gave out. */
  readonly placeholders = new Map<string, string>();
  readonly #folder: URL;
  readonly #names: Readonly<Record<string, string>>;

  /** @param names what the recordings call the ids of declared resources, by type and name in the program */
  constructor(name: string, names: Readonly<Record<string, string>>) {
    this.#folder = new URL(`../../../../shared/contracts/official-providers/${name}/`, import.meta.url);
    this.#names = names;
    this.present = existsSync(this.#folder);
    if (!this.present) console.warn(`Skipped: the recorded requests are not at ${this.#folder.pathname}.`);
  }

  read(name: string): Sent[] {
    // The recorded key has 1024 bits, and Okta takes none below 2048: its number is written twice.
    return readFileSync(new URL(`${name}.jsonl`, this.#folder), "utf8")
      .replaceAll(/"n": "([\w-]{171})"/g, '"n": "$1$1"')
      .trim()
      .split("\n")
      .map((text) => recordedSchema.parse(JSON.parse(text)));
  }

  /** Learns the ids that a run gave out; `replaced` has the number of the placeholder of what was created again. */
  learnIds(stack: StandInStack, replaced: Readonly<Record<string, number>> = {}): void {
    const { resources } = stateSchema.parse(stack.checkpoint());
    for (const { urn, type, id: stored } of resources) {
      // Some have the id of what they belong to before their own.
      const id = stored?.split("::").at(-1);
      const name = this.#names[`${type.split(":").at(-1) ?? ""} ${urn.split("::").at(-1) ?? ""}`];
      if (name === undefined || id === undefined || this.placeholders.has(id)) continue;
      const kind = /\w+/.exec(name)?.[0] ?? "";
      this.placeholders.set(id, replaced[kind] ? `{${kind}:${String(replaced[kind])}}` : name);
    }
  }

  /** A request as one line: placeholders for ids, keys of the body in order, masked as a tenant's log is. */
  line({ api, method, path, body }: Sent): string {
    const shown = body === undefined ? "" : ordered(masked(body));
    let text = `${api} ${method} ${path.replaceAll("%7C", "|")} ${shown}`;
    for (const [id, placeholder] of this.placeholders) text = text.replaceAll(id, placeholder);
    return text;
  }
}

/**
 * Auth0 names a next page after every page that is not empty, so a list is asked for once more than it has pages;
 * the recorder's tenant named none.
 */
export function isNextPage({ path }: Sent): boolean {
  return /[?&]from=/.test(path);
}

function ordered(body: unknown): string {
  return JSON.stringify(body, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

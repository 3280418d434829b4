import type { Json } from "@ai-api-access/emulator-core";

/** A request that a tenant has to take; what is sent later is made from these. */
export interface Deed {
  readonly method: "POST" | "PUT" | "PATCH";
  readonly path: string;
  readonly body?: Json;
  /** Sent as a form in place of a body. */
  readonly form?: Readonly<Record<string, string>>;
  /** Where the thing is that it makes; `*` stands for the id in the answer. */
  readonly makes?: string;
}

/** Deeds one after the other; each is answered with what the tenant answered. */
export type Corpus = Generator<Deed, void, Readonly<Record<string, unknown>>>;

/** The id of what an answer shows. */
export function idOf(answer: Readonly<Record<string, unknown>>, key = "id"): string {
  return String(answer[key]);
}

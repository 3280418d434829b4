import type { Json } from "@ai-api-access/emulator-core";

/** A request that a tenant has to accept; the requests of the test are made from these. */
export interface Step {
  readonly method: "POST" | "PUT" | "PATCH";
  readonly path: string;
  readonly body?: Json;
  /** Sent as a form in place of a body. */
  readonly form?: Readonly<Record<string, string>>;
  /** Where the thing is that it makes; `*` stands for the id in the answer. */
  readonly makes?: string;
}

/** The JSON object of an answer. */
type Shown = Readonly<Record<string, unknown>>;

/** Steps one after the other; each is answered with what the tenant answered. */
export type Corpus<R = void> = Generator<Step, R, Shown>;

/** Makes something; gives its id. */
export function* make(path: string, body: Json, makes = `${path}/*`, key = "id"): Corpus<string> {
  const shown = yield { method: "POST", path, body, makes };
  return String(shown[key]);
}

/** Changes something. */
export function* change(method: "PUT" | "PATCH", path: string, body: Json, makes?: string): Corpus {
  yield { method, path, body, ...(makes === undefined ? {} : { makes }) };
}

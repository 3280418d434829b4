import type { Plain, PlainProperties, Properties } from "@ai-api-access/provider-kit";
import type { Json, JsonObject } from "../http/json.ts";
import type { PropertyTable } from "./property.ts";

/** One step's view of the resource it works on. */
export interface Call<Api> {
  /** The vendor's API. */
  readonly api: Api;
  /** The resource's id; empty while it is being created. */
  readonly id: string;
  /** The checked inputs; empty in read and delete. */
  readonly inputs: PlainProperties;
  /** The state as last stored; empty in create. */
  readonly state: PlainProperties;
  /** The value of a property: the input, or what the state holds. */
  value(property: string): Plain | undefined;
  /** The same, as text that must be there (ids in paths). */
  text(property: string): string;
  /** The same, in the state first (where the thing is now, not where it should be). */
  stored(property: string): string;
  /** Whether an update changes the property. */
  changed(property: string): boolean;
  /** The body of the create or update under way: all that is configured, or what changed of it. */
  body(extent?: "configured" | "changed"): JsonObject;
}

interface Created {
  readonly id: string;
  /** State that only the answer to the create has, such as a client secret. */
  readonly once?: PlainProperties;
}

/** An update after which nothing is read: the state is what the inputs say. */
export const AS_PLANNED: unique symbol = Symbol("as planned");

/** What a read found: the vendor's answer, or `undefined` when the thing is gone. */
type Found = JsonObject | undefined;

/** The steps of a resource's life. After create and update the read step follows by itself. */
export interface Steps<Api> {
  create(call: Call<Api>): Promise<Created>;
  read(call: Call<Api>): Promise<Found>;
  /**
   * Absent where every change makes a new resource. Answers state that only the answer to the update has, or
   * `AS_PLANNED`.
   */
  update?(call: Call<Api>): Promise<PlainProperties | typeof AS_PLANNED | undefined>;
  delete(call: Call<Api>): Promise<void>;
}

/** A resource type: its token, its properties and the steps of its life. */
export interface ResourceType<Api> extends Steps<Api> {
  /** Such as `auth0:index/role:Role`. */
  readonly token: string;
  /** What it is called in messages, such as "role". */
  readonly what: string;
  readonly properties: PropertyTable;
  /** Rules beyond types, each reported as a sentence; checked when all inputs are known. */
  readonly rules?: (inputs: PlainProperties) => readonly string[];
  /** Reads the id that `pulumi import` was given; by default the id is the vendor's own. */
  readonly imported?: (id: string) => { readonly id: string; readonly state: PlainProperties };
}

/** A function (data source): arguments in, a bag of values out. */
export interface FunctionType<Api> {
  /** Such as `auth0:index/getRole:getRole`. */
  readonly token: string;
  readonly what: string;
  readonly args: PropertyTable;
  run(api: Api, args: PlainProperties): Promise<Properties>;
}

/** All that a provider plugin is made of. */
export interface Tables<Api> {
  /** Package name, `auth0` or `okta`. */
  readonly name: string;
  readonly version: string;
  readonly resources: readonly ResourceType<Api>[];
  readonly functions: readonly FunctionType<Api>[];
  /** The keys of the provider's configuration that the state keeps encrypted, however they were given. */
  readonly secretConfig: readonly string[];
  /** Makes the vendor's API from the provider's configuration; throws what is wrong with it. */
  configure(inputs: PlainProperties): Promise<Api>;
}

/** For imports whose id names the parents too: `org_…::con_…`. The whole of it is the id of the state as well. */
export function idOfParts(separator: string, ...parts: readonly string[]) {
  return (id: string) => ({ id, state: splitId(id, separator, parts) });
}

export function idAfterParents(separator: string, ...parents: readonly string[]) {
  return (id: string) => {
    const { own = "", ...state } = splitId(id, separator, [...parents, "own"]);
    return { id: own, state };
  };
}

function splitId(id: string, separator: string, parts: readonly string[]): Record<string, string> {
  const found = id.split(separator);
  if (found.length !== parts.length || found.includes("")) {
    const form = parts.map((part) => `<${part === "own" ? "id" : part}>`).join(separator);
    throw new Error(`the id to import must have the form ${form}, got "${id}"`);
  }
  return Object.fromEntries(parts.map((part, index) => [part, found[index] ?? ""]));
}

/** The answer as an object; a vendor that answers anything else has broken its contract. */
export function asObject(answer: Json, request: string): JsonObject {
  if (typeof answer === "object" && answer !== null && !isReadonlyArray(answer)) return answer;
  throw new Error(`${request} answered something that is not a JSON object`);
}

function isReadonlyArray(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

/** What is known of a resource type: `auth0.ts` and `okta.ts` have an entry for each. */

export type Vendor = "auth0" | "okta";
export type Operation = "create" | "read" | "update" | "delete";

/** A resource's inputs as the engine would send them, or the arguments of a provider's function. */
export type Inputs = Readonly<Record<string, unknown>>;

/** Reads a path: the answer's JSON, a list with all its pages, or `undefined` where the vendor says 404. */
export type Reader = (path: string) => Promise<unknown>;

/** Readers of both tenants; a path begins below `/api/v2` (Auth0) and `/api/v1` (Okta). */
export type Readers = Readonly<Record<Vendor, Reader>>;

/** Where in an answer the resource is. With none of it set, the answer is the resource. */
export interface Place {
  /** The field that holds the list; the answer itself is the list when left out. */
  readonly list?: string;
  /** Fields of an item in the list, with the input that each has to equal. */
  readonly where?: Readonly<Record<string, string>>;
  /** The list as a whole is the resource, which is there when anything is in it. */
  readonly whole?: true;
  /** The field with the id; `id` when left out. */
  readonly id?: string;
}

/**
 * A resource type. In paths and ids `{name}` stands for the value of an input, `{id}` for the id that the state has
 * of the resource.
 */
export interface ResourceType {
  /** As the providers' SDKs name it: `auth0:index/role:Role`. */
  readonly token: string;
  /** Whose API it lives in. */
  readonly vendor: Vendor;

  /** The GET that finds it without an id, by its physical name or by what it belongs to. Without, it cannot be found. */
  readonly find?: Place & { readonly path: string };
  /** The GET that says whether one of this id is there (404 if not). */
  readonly read?: string;
  /**
   * What `pulumi import` wants. Without `{id}` in it the resource belongs to what the inputs name, and this is also
   * its id in the state.
   */
  readonly importId: string;
  /** How an id to import looks, such as `aus…/scp…`. */
  readonly example: string;
  /** Where in the vendor's dashboard or API a person finds it. */
  readonly shownAt?: string;

  /**
   * What a creation comes to when there is one of the name already: the vendor refuses it, makes a second one, or
   * leaves everything as it is.
   */
  readonly secondCreation: "conflict" | "duplicate" | "harmless";
  /** The provider's own function that finds it, for a program that is at work in an engine. */
  readonly function?: Place & {
    readonly token: string;
    /** Texts may name inputs: `{authServerId}`. */
    readonly arguments: Readonly<Record<string, string | boolean>>;
  };
  /** Requests that delete one, in order; only for what may be there twice. */
  readonly remove?: readonly (readonly [method: "POST" | "DELETE", path: string])[];

  /** Scopes of the Management API, or of OAuth for Okta, by what is done. */
  readonly scopes: Readonly<Partial<Record<Operation, readonly string[]>>>;
  /** What in the configuration makes the stack declare it (for the documentation's table of scopes). */
  readonly neededFor: string;
  /** The same for its deletion, where the stack keeps it otherwise. */
  readonly deletionNeededFor?: string;
  /** A feature that not every org has. */
  readonly feature?: "API Access Management";

  /**
   * Requests that the provider makes to create one; 2 when left out, a write and a read. Counted in the tenants' logs
   * of a first `up`; `packages/cli/test/doctor-needs.test.ts` counts them again.
   */
  readonly requests?: number;
  /** How many the vendor allows below one parent. */
  readonly limit?: number;

  /** Whether the provider makes up a `name` with a random end when none is declared. */
  readonly namesItself?: true;
  /** What the provider adds to the inputs: its id under another name, or a value that nobody knows before. */
  readonly computed?: Readonly<Record<string, "id" | "unknown">>;
  /** Inputs that no vendor reports, because they are about how the provider behaves or are shown only once. */
  readonly unreported?: readonly string[];
  /** Reads outputs that the vendor shows in its answer to a creation alone; all of them are secrets. */
  readonly secrets?: (
    id: string,
    inputs: Inputs,
    readers: Readers,
  ) => Promise<Readonly<Record<string, string>>>;
  /** What is lost with it although no state knows of it. */
  readonly lostWithIt?: string;
}

/** The last part of a token: `Role`. */
export function kindOf(token: string): string {
  return token.split(":").at(-1) ?? token;
}

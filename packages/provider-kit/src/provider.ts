import type { PlainProperties, Properties } from "./values.ts";

/** Severity of a line in the engine's log; `debug` is shown with `--debug` only. */
export type Severity = "debug" | "info" | "warning" | "error";

export interface LogOptions {
  /** The resource that the line belongs to; without it the line belongs to the stack. */
  readonly urn?: string;
  /**
   * A progress line: on a terminal the next one takes its place. Without a terminal each becomes a line, so send
   * no more than one every few seconds.
   */
  readonly ephemeral?: boolean;
}

/** The engine that runs this provider. */
export interface Engine {
  /** Shows a line to the person who runs the engine. Never throws. Put no secrets in it. */
  log(severity: Severity, message: string, options?: LogOptions): void;
  /**
   * Aborted when the engine asks the provider to stop (Ctrl-C) or has gone. A long `create` or `update` should
   * look at it between two steps and end with `ResourceInitFailed`. It is aborted at the normal end of a run as well.
   */
  readonly cancelled: AbortSignal;
}

/** Which resource a request is about. */
interface ResourceRequest {
  readonly urn: string;
  /** The name in the program. */
  readonly name: string;
  /** The type token, such as `auth0:index/role:Role`. */
  readonly type: string;
}

export interface CheckRequest extends ResourceRequest {
  /** The checked inputs of the last run; empty for a new resource. */
  readonly oldInputs: PlainProperties;
  /** What the program declares. */
  readonly inputs: PlainProperties;
  /** Bytes that stay the same for the same resource and are new when it is replaced: the source of auto-names. */
  readonly randomSeed: Uint8Array;
}

/** A mistake in the inputs. */
export interface CheckFailure {
  /**
   * The property, or "" for the resource as a whole. The engine prints the value of a named property, in clear
   * even if it is secret, so name no secret ones.
   */
  readonly property: string;
  readonly reason: string;
}

export interface CheckResult {
  /** The inputs with defaults filled in; what was secret in the request stays secret by itself. */
  readonly inputs: Properties;
  readonly failures?: readonly CheckFailure[];
}

export interface DiffRequest extends ResourceRequest {
  readonly id: string;
  readonly oldInputs: PlainProperties;
  /** The state as last stored (after a refresh: as it was found). */
  readonly state: PlainProperties;
  /** The checked inputs. */
  readonly inputs: PlainProperties;
  /** Paths that the program asked the engine to ignore. */
  readonly ignoreChanges: readonly string[];
}

export interface PropertyChange {
  /** Path such as `options.passwordPolicy` or `members["auth0|x"]`; it need not exist. */
  readonly path: string;
  readonly kind: "add" | "update" | "delete";
  /** Whether this change needs a new resource in place of the old one. */
  readonly replace?: boolean;
}

export interface DiffResult {
  readonly changes: readonly PropertyChange[];
  /** Delete the old resource before the new one is made (two could not exist side by side). */
  readonly deleteBeforeReplace?: boolean;
  /** The words of `[diff: ~…]` in a preview. By default the top-level properties of `changes`. */
  readonly summary?: readonly string[];
  /** Properties that keep their value through an update. */
  readonly stable?: readonly string[];
}

export interface CreateRequest extends ResourceRequest {
  readonly inputs: PlainProperties;
  /** In a preview nothing may be done; outputs that only the vendor knows are `UNKNOWN`. */
  readonly preview: boolean;
}

export interface CreateResult {
  /** Empty in a preview only. */
  readonly id: string;
  readonly state: Properties;
}

export interface ReadRequest extends ResourceRequest {
  readonly id: string;
  /** The state and inputs as last stored, in a refresh. Both are missing in an import. */
  readonly known?: { readonly state: PlainProperties; readonly inputs: PlainProperties };
}

export interface ReadResult {
  readonly id: string;
  readonly state: Properties;
  readonly inputs: Properties;
}

export interface UpdateRequest extends ResourceRequest {
  readonly id: string;
  readonly oldInputs: PlainProperties;
  readonly state: PlainProperties;
  readonly inputs: PlainProperties;
  readonly ignoreChanges: readonly string[];
  readonly preview: boolean;
}

export interface UpdateResult {
  readonly state: Properties;
}

export interface DeleteRequest extends ResourceRequest {
  readonly id: string;
  readonly oldInputs: PlainProperties;
  readonly state: PlainProperties;
}

interface InvokeRequest {
  /** The function token, such as `auth0:index/getRole:getRole`. */
  readonly token: string;
  readonly args: PlainProperties;
  readonly preview: boolean;
}

interface InvokeResult {
  readonly result: Properties;
  readonly failures?: readonly CheckFailure[];
}

export interface ConfigRequest {
  readonly urn: string;
  readonly oldInputs: PlainProperties;
  readonly inputs: PlainProperties;
}

export interface ConfigureRequest {
  /** The provider's own inputs: stack configuration of its namespace, or the arguments of an explicit provider. */
  readonly inputs: PlainProperties;
}

/**
 * A resource provider. Each method may throw: an `Error` whose message is for the person who runs the engine,
 * or `ResourceInitFailed`.
 *
 * Secrets: an output named like an input that was secret is made secret again by the server, and so is one that
 * was secret in the stored state; anything else must be returned with `secret(…)`.
 */
export interface Provider {
  readonly version: string;
  /** The package schema as JSON text; wanted by `pulumi import` when it writes code. */
  schema?(): Promise<string> | string;
  /** By default every configuration is accepted as it is. */
  checkConfig?(request: ConfigRequest): Promise<CheckResult> | CheckResult;
  /** By default a changed configuration replaces nothing. */
  diffConfig?(request: ConfigRequest): Promise<DiffResult> | DiffResult;
  configure(request: ConfigureRequest): Promise<void> | void;
  check(request: CheckRequest): Promise<CheckResult> | CheckResult;
  diff(request: DiffRequest): Promise<DiffResult> | DiffResult;
  create(request: CreateRequest): Promise<CreateResult>;
  /** Answers `undefined` when the resource is gone. */
  read(request: ReadRequest): Promise<ReadResult | undefined>;
  update(request: UpdateRequest): Promise<UpdateResult>;
  delete(request: DeleteRequest): Promise<void>;
  invoke?(request: InvokeRequest): Promise<InvokeResult>;
}

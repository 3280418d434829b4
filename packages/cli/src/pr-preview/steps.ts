/** The engine's events of a run, gathered by resource. */
import { parseUrn } from "@ai-api-access/resource-catalog";
import { z } from "zod";
import { covers, differences, type Difference } from "./differences.ts";

/** What happens to a resource, however many steps it takes. */
export type Operation = "create" | "update" | "replace" | "delete" | "same";

type Inputs = Readonly<Record<string, unknown>>;

/** One resource of a run. */
export interface Change {
  readonly urn: string;
  /** The logical name. */
  readonly name: string;
  /** `auth0:index/organization:Organization` */
  readonly type: string;
  readonly operation: Operation;
  /** Inputs that change; for what is created or deleted, none. */
  readonly differences: readonly Difference[];
  /** The inputs as they were and as they would be; undefined where there are none. */
  readonly before: Inputs | undefined;
  readonly after: Inputs | undefined;
  /** Paths of the properties that force a replacement. */
  readonly forcedBy: readonly string[];
  /** Whether the state protects it, as it was before the run. */
  readonly protected: boolean;
  /** The physical name, where it has one. */
  readonly label: string | undefined;
}

const sideSchema = z.object({
  /** False for components: they group resources and are nothing by themselves. */
  custom: z.boolean().nullish(),
  inputs: z.record(z.string(), z.unknown()).nullish(),
  protect: z.boolean().nullish(),
});

/** Parsed, since not all that the SDK's types promise is there. */
const stepSchema = z.object({
  op: z.string(),
  urn: z.string(),
  type: z.string(),
  old: sideSchema.nullish(),
  new: sideSchema.nullish(),
  keys: z.array(z.string()).nullish(),
  detailedDiff: z.record(z.string(), z.object({ diffKind: z.string() })).nullish(),
});
type Step = z.output<typeof stepSchema>;

/** Steps of the engine by what they come to. A replacement is a deletion and a creation, and a step of its own. */
const MEANINGS: Readonly<Partial<Record<string, Operation>>> = {
  create: "create",
  import: "create",
  update: "update",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  "import-replacement": "replace",
  "read-replacement": "replace",
  delete: "delete",
  same: "same",
};

/** What is read of the engine's events (the SDK's `EngineEvent` has more). */
export interface RunEvent {
  readonly resourcePreEvent?: { readonly metadata: unknown };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string; readonly urn?: string };
}

/** Follows a run. */
export class Steps {
  readonly #steps = new Map<string, Step[]>();
  readonly #refusals = new Set<string>();
  readonly #errors: string[] = [];

  /** Takes every event of the run. */
  readonly follow = ({ resourcePreEvent, diagnosticEvent }: RunEvent): void => {
    if (resourcePreEvent !== undefined) {
      const step = stepSchema.parse(resourcePreEvent.metadata);
      this.#steps.set(step.urn, [...(this.#steps.get(step.urn) ?? []), step]);
    }
    if (diagnosticEvent?.severity === "error") {
      const text = plain(diagnosticEvent.message);
      this.#errors.push(text);
      const { urn } = diagnosticEvent;
      if (urn !== undefined && urn !== "" && text.includes("protect")) this.#refusals.add(urn);
    }
  };

  /** Errors of the engine and of the program. */
  get errors(): readonly string[] {
    return this.#errors;
  }

  /** URNs that the engine would not let go because they are protected. */
  get refusals(): readonly string[] {
    return [...this.#refusals];
  }

  /** Every resource that the tenants or a provider know of, by name. */
  changes(): Change[] {
    return [...this.#steps]
      .flatMap(([urn, steps]) => {
        const [first] = steps;
        const operation = operationOf(steps);
        const isComponent = (first?.new ?? first?.old)?.custom !== true;
        // The engine keeps providers and what it remembers in the state alone.
        const isOfTheEngine = first?.type.startsWith("pulumi:");
        return first === undefined || operation === undefined || isComponent || isOfTheEngine
          ? []
          : changeOf(urn, first.type, operation, steps);
      })
      .sort((one, other) => one.name.localeCompare(other.name, "en"));
  }
}

function operationOf(steps: readonly Step[]): Operation | undefined {
  const meanings = steps.map(({ op }) => MEANINGS[op]);
  return (
    meanings.find((meaning) => meaning === "replace") ?? meanings.find((meaning) => meaning !== undefined)
  );
}

function changeOf(urn: string, type: string, operation: Operation, steps: readonly Step[]): Change {
  const old = steps.find((step) => step.old != null)?.old;
  const next = steps.find((step) => step.new != null)?.new;
  const forced = steps.flatMap(({ keys, detailedDiff }) => [
    ...Object.entries(detailedDiff ?? {})
      .filter(([, { diffKind }]) => diffKind.endsWith("-replace"))
      .map(([path]) => path),
    ...(keys ?? []),
  ]);
  const changed =
    operation === "update" || operation === "replace"
      ? differences(old?.inputs ?? {}, next?.inputs ?? {}).filter(({ path }) => !path.startsWith("__"))
      : [];
  return {
    urn,
    type,
    operation,
    name: parseUrn(urn).name,
    differences: changed,
    before: old?.inputs ?? undefined,
    after: operation === "delete" ? undefined : (next?.inputs ?? undefined),
    forcedBy: mostPrecise(forced),
    protected: old?.protect === true,
    label: labelOf(next?.inputs ?? {}) ?? labelOf(old?.inputs ?? {}),
  };
}

/** The engine names the property, the provider the place in it; the place says more. */
function mostPrecise(paths: readonly string[]): string[] {
  const all = [...new Set(paths)];
  return all.filter((path) => !all.some((other) => other !== path && covers(path, other)));
}

/** What people call the thing: the vendors' own names for names. */
function labelOf(inputs: Readonly<Record<string, unknown>>): string | undefined {
  const value = inputs.displayName ?? inputs.label ?? inputs.name ?? inputs.identifier;
  return typeof value === "string" ? value : undefined;
}

/** The engine's text without the marks of its colors. */
function plain(text: string): string {
  return text.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
}

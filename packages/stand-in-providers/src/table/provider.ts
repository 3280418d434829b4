import { messageOf, ResourceInitFailed, secret } from "@ai-api-access/provider-kit";
import type {
  CheckFailure,
  CreateRequest,
  PlainProperties,
  Provider,
  UpdateRequest,
  Value,
} from "@ai-api-access/provider-kit";
import { mistakes, withDefaults } from "./check.ts";
import { diffResource, isSame } from "./diff.ts";
import { AS_PLANNED } from "./resource.ts";
import type { Call, ResourceType, Tables } from "./resource.ts";
import { packageSchema } from "./schema.ts";
import { importedInputs, plannedState, refreshedInputs, sealed, stateFrom } from "./state.ts";
import { encodeBody } from "./wire.ts";

/** A provider that does what the tables say. */
export function providerOf<Api>(tables: Tables<Api>): Provider {
  const { name, version } = tables;
  const resources = new Map(tables.resources.map((resource) => [resource.token, resource]));
  const functions = new Map(tables.functions.map((found) => [found.token, found]));
  let configured: Api | undefined;

  const api = (): Api => {
    if (configured === undefined) throw new Error(`the ${name} provider is not configured`);
    return configured;
  };
  const resource = (token: string) =>
    resources.get(token) ?? missing(`resource type ${token}`, [...resources.keys()]);
  const missing = (what: string, known: readonly string[]): never => {
    throw new Error(
      `the stand-in for the official ${name} plugin does not have the ${what}; it has ${known.join(", ")}`,
    );
  };

  return {
    version,
    schema: () => JSON.stringify(packageSchema(tables)),

    checkConfig({ inputs }) {
      const sealedInputs = Object.entries(inputs).map(([key, value]): [string, Value] => [
        key,
        tables.secretConfig.includes(key) ? secret(value) : value,
      ]);
      return { inputs: Object.fromEntries(sealedInputs) };
    },

    async configure({ inputs }) {
      configured = await tables.configure(inputs);
    },

    check(request) {
      const { properties, rules } = resource(request.type);
      const failures: CheckFailure[] = mistakes(properties, request.inputs);
      if (failures.length > 0) return { inputs: request.inputs, failures: failures.map(unprinted) };
      const naming = { name: request.name, seed: request.randomSeed, oldInputs: request.oldInputs };
      const inputs = withDefaults(properties, request.inputs, naming);
      return { inputs, failures: (rules?.(inputs) ?? []).map((reason) => ({ property: "", reason })) };
    },

    diff: (request) => diffResource(resource(request.type).properties, request),

    async create(request) {
      const type = resource(request.type);
      const { properties } = type;
      if (request.preview) {
        return { id: "", state: sealed(properties, plannedState(properties, request.inputs)) };
      }
      return explaining(`creating ${type.what} "${request.name}"`, async () => {
        const made = await type.create(callFor(type, api(), { ...request, id: "", state: {} }, "create"));
        const state = { ...request.inputs, ...made.once };
        return { id: made.id, state: await readBack(type, made.id, state, request) };
      });
    },

    async read(request) {
      const type = resource(request.type);
      const { properties } = type;
      const imported = request.known ? undefined : type.imported?.(request.id);
      const id = imported?.id ?? request.id;
      const before = request.known?.state ?? imported?.state ?? {};
      return explaining(`reading ${type.what} "${request.name}"`, async () => {
        const found = await type.read(callFor(type, api(), { id, inputs: {}, state: before }, "update"));
        if (found === undefined) return undefined;
        const state = stateFrom(properties, found, { state: before });
        const inputs = request.known
          ? refreshedInputs(properties, request.known.inputs, state)
          : importedInputs(properties, state);
        return { id, state: sealed(properties, state), inputs: sealed(properties, inputs) };
      });
    },

    async update(request) {
      const type = resource(request.type);
      const { properties } = type;
      if (request.preview) {
        return { state: sealed(properties, { ...request.state, ...withoutNotes(request.inputs) }) };
      }
      return explaining(`updating ${type.what} "${request.name}"`, async () => {
        const once = await type.update?.(callFor(type, api(), request, "update"));
        if (once === AS_PLANNED) {
          return { state: sealed(properties, { ...request.state, ...withoutNotes(request.inputs) }) };
        }
        const state = { ...request.state, ...once };
        return { state: await readBack(type, request.id, state, request) };
      });
    },

    async delete(request) {
      const type = resource(request.type);
      await explaining(`deleting ${type.what} "${request.name}"`, () =>
        type.delete(callFor(type, api(), { ...request, inputs: {} }, "update")),
      );
    },

    async invoke(request) {
      const found =
        functions.get(request.token) ?? missing(`function ${request.token}`, [...functions.keys()]);
      const failures = mistakes(found.args, request.args);
      if (failures.length > 0) return { result: {}, failures };
      return { result: await explaining(`looking up ${found.what}`, () => found.run(api(), request.args)) };
    },
  };

  /** The read that follows every write. When it fails, the resource is there and its state is what was sent. */
  async function readBack(
    type: ResourceType<Api>,
    id: string,
    state: PlainProperties,
    request: CreateRequest | UpdateRequest,
  ) {
    const { inputs } = request;
    try {
      const found = await type.read(callFor(type, api(), { id, inputs, state }, "update"));
      if (found === undefined) throw new Error("it was written, but the vendor says that it does not exist");
      return sealed(type.properties, stateFrom(type.properties, found, { inputs, state }));
    } catch (thrown) {
      const partial = sealed(type.properties, withoutNotes({ ...state, ...inputs }));
      throw new ResourceInitFailed(id, partial, [
        `${type.what} "${request.name}" was written, then: ${messageOf(thrown)}`,
      ]);
    }
  }
}

interface CallFacts {
  readonly id: string;
  readonly inputs: PlainProperties;
  readonly state: PlainProperties;
}

function callFor<Api>(
  type: ResourceType<Api>,
  api: Api,
  { id, inputs, state }: CallFacts,
  write: "create" | "update",
): Call<Api> {
  const changed = (name: string) => {
    const property = type.properties[name];
    const [old = null, wanted = null] = [state[name], inputs[name]];
    return property === undefined || !(old === wanted || isSame(property, old, wanted));
  };
  const need = (name: string, value: unknown): string => {
    if (typeof value === "string" && value !== "") return value;
    throw new Error(`${name} is not known`);
  };
  return {
    api,
    id,
    inputs,
    state,
    value: (name) => inputs[name] ?? state[name],
    text: (name) => need(name, inputs[name] ?? state[name]),
    stored: (name) => need(name, state[name] ?? inputs[name]),
    changed,
    body: (extent = "configured") => {
      const kept = Object.entries(inputs).filter(([name]) => extent === "configured" || changed(name));
      return encodeBody(type.properties, Object.fromEntries(kept), write, (name) => !changed(name));
    },
  };
}

/** Says what was being done when something went wrong. */
async function explaining<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof ResourceInitFailed) throw thrown;
    throw new Error(`${doing}: ${messageOf(thrown)}`, { cause: thrown });
  }
}

/** The engine prints the value of a property that a failure names, even a secret one: so name it in the text. */
function unprinted({ property, reason }: CheckFailure): CheckFailure {
  return { property: "", reason: `${property}: ${reason}` };
}

function withoutNotes(inputs: PlainProperties): PlainProperties {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !name.startsWith("__")));
}

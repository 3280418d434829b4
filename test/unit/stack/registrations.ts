import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { z } from "zod";
import { type ConfigSource, readStackConfig } from "../../../src/config/index.ts";
import type { StackOutputs } from "../../../src/outputs.ts";
import { declareStack } from "../../../src/stack.ts";

/** Everything that the program registers of one resource. */
export interface Registration {
  /** Type and logical name. */
  readonly resource: string;
  /** Logical name of the component it belongs to. */
  readonly parent?: string;
  readonly inputs: unknown;
  /** Logical names of what must be there first, through an input or through dependsOn. */
  readonly after?: readonly string[];
  readonly protect?: true;
  readonly retainOnDelete?: true;
  readonly replaceOnChanges?: readonly string[];
  readonly ignoreChanges?: readonly string[];
  /** Logical name of what takes it along when it is deleted. */
  readonly deletedWith?: string;
}

/** What one run of the program did. */
export interface Run {
  readonly registrations: readonly Registration[];
  /** Functions called, with their arguments. */
  readonly calls: readonly { readonly token: string; readonly inputs: unknown }[];
  readonly outputs: StackOutputs;
}

const nameOf = (urn: string) => urn.split("::").at(-1) ?? "";
const inputsOf = z.record(z.string(), z.unknown());

type Lookups = Readonly<Record<string, (inputs: Record<string, unknown>) => Record<string, unknown>>>;

/** What a provider adds to the inputs when it creates or reads a resource of a type. */
const COMPUTED: Readonly<Record<string, (id: string) => Record<string, unknown>>> = {
  "auth0:index/client:Client": (id) => ({ clientId: id }),
  "okta:app/oAuth:OAuth": (id) => ({ clientId: id, clientSecret: "kT9vXw2LrQ8sPz4m" }),
  "okta:auth/server:Server": (id) => ({ issuer: `https://acme.okta.com/oauth2/${id}` }),
};

/** A server that exists has its audience from elsewhere. */
const READ: Readonly<Record<string, unknown>> = { audiences: ["https://other.example.com"] };

/**
 * Runs the program on mocks and records what it declares. Functions answer as given in `lookups`. A list given for
 * the registrations is filled even when the program fails. Outputs may be given by type.
 */
export async function runProgram(
  source: ConfigSource,
  lookups: Lookups = {},
  registrations: Registration[] = [],
  outputs: Readonly<Record<string, Record<string, unknown>>> = {},
): Promise<Run> {
  const calls: Run["calls"][number][] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        const madeUp = id === undefined || id === "" ? `id-of-${name}` : id;
        const read = madeUp === id ? READ : {};
        const state = { ...inputsOf.parse(inputs), ...read, ...COMPUTED[type]?.(madeUp), ...outputs[type] };
        return { id: madeUp, state };
      },
      call: ({ token, inputs }) => {
        calls.push({ token, inputs });
        const answer = lookups[token];
        if (!answer) throw new Error(`${token} was called, and nobody expected it`);
        return answer(inputsOf.parse(inputs));
      },
    },
    "ai-api-access",
    "local",
  );
  const stop = record(registrations);
  try {
    const declared = await declareStack(readStackConfig(source));
    await pulumi.runtime.disconnect();
    registrations.sort((a, b) => (a.resource < b.resource ? -1 : 1));
    return { registrations, calls, outputs: declared };
  } finally {
    stop();
  }
}

/** Listens to the requests themselves: mocks see no options. */
function record(registrations: Registration[]): () => void {
  const original = Object.getOwnPropertyDescriptor(MockMonitor.prototype, "registerResource");
  if (!original) throw new Error("MockMonitor has no registerResource any more");
  const register = z
    .function({ input: [z.unknown(), z.unknown()], output: z.promise(z.void()) })
    .parse(original.value);
  Object.defineProperty(MockMonitor.prototype, "registerResource", {
    ...original,
    value: function (this: MockMonitor, request: unknown, callback: unknown) {
      if (request instanceof RegisterResourceRequest) registrations.push(registrationOf(request));
      return register.call(this, request, callback);
    },
  });
  return () => Object.defineProperty(MockMonitor.prototype, "registerResource", original);
}

function registrationOf(request: RegisterResourceRequest): Registration {
  const after = request.getDependenciesList().map(nameOf).sort();
  const replaceOnChanges = request.getReplaceonchangesList();
  const ignoreChanges = request.getIgnorechangesList();
  const object = request.getObject();
  const inputs: unknown = object ? pulumi.runtime.deserializeProperties(object) : {};
  return {
    resource: `${request.getType()} ${request.getName()}`,
    ...(request.getParent() !== "" && { parent: nameOf(request.getParent()) }),
    inputs,
    ...(after.length > 0 && { after }),
    ...(request.getProtect() === true && { protect: true }),
    ...(request.getRetainondelete() === true && { retainOnDelete: true }),
    ...(replaceOnChanges.length > 0 && { replaceOnChanges }),
    ...(ignoreChanges.length > 0 && { ignoreChanges }),
    ...(request.getDeletedwith() !== "" && { deletedWith: nameOf(request.getDeletedwith()) }),
  };
}

/** How one run's resources differ from another's. */
export function difference(before: Run, after: Run) {
  const names = (run: Run) => run.registrations.map(({ resource }) => resource);
  const old = new Map(before.registrations.map((one) => [one.resource, one]));
  return {
    gone: names(before)
      .filter((name) => !names(after).includes(name))
      .sort(),
    changed: after.registrations.filter((one) => {
      const earlier = old.get(one.resource);
      return earlier !== undefined && !isDeepStrictEqual(earlier, one);
    }),
    added: after.registrations.filter((one) => !old.has(one.resource)),
  };
}

/** The plain values of the outputs. */
export function valuesOf(outputs: StackOutputs): Promise<unknown> {
  return new Promise((resolve) => {
    pulumi.output(outputs).apply(resolve);
  });
}

/** A function that fails as the engine reports it. */
export function failing(message: string): () => never {
  return () => {
    // The SDK takes the text from `details`, as a gRPC error carries it.
    throw Object.assign(new Error(message), { details: message });
  };
}

/** A database to which anyone can sign up, as every tenant has one from the start. */
const PRE_MADE = { id: "con_premade", strategy: "auth0", options: [{ passwordPolicy: "good" }] };

/** Finds what the local tenant is seeded with: its connection, and its people by the emails that are looked up. */
export const SEEDED: Lookups = {
  "auth0:index/getConnection:getConnection": () => PRE_MADE,
  "auth0:index/getUser:getUser": ({ query }) => ({
    id: "hash",
    userId: PEOPLE[String(query)],
    emailVerified: true,
  }),
};

const PEOPLE: Readonly<Record<string, string>> = {
  'email:"ada@example.com"': "auth0|64f0000000000000000000a1",
  'email:"grace@example.com"': "auth0|64f0000000000000000000a2",
};

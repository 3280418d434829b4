/**
 * What the stack declares, from the very program: it runs in this process on the SDK's own mocks, without an engine
 * and without provider plugins. Its questions are put to the tenants, and each resource that exists takes its real id,
 * so that the resources below it are declared, and can be looked for, under real ids too.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { resourceTypes, type Inputs } from "@ai-api-access/resource-catalog";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Program } from "@ai-api-access/local/program.ts";
import type { ConfigSource, StackConfig } from "@ai-api-access/local/program.ts";
import { ProgramMonitor, type Registration } from "./monitor.ts";

/** A stack whose configuration has been checked. */
export interface CheckedStack {
  readonly name: string;
  readonly project: string;
  readonly source: ConfigSource;
  readonly program: Program;
  readonly config: StackConfig;
  /** Outputs of the stack that it has as its base; none where it is not there. */
  readonly outputsOf?: OutputsOf | undefined;
}

/** @param stack its full name */
export type OutputsOf = (stack: string) => Promise<Readonly<Record<string, unknown>>>;

const inputsSchema = z.record(z.string(), z.unknown());

/** What answers the program while it runs. */
export interface Answers {
  /** Answers a function of a provider; throws what the provider would. */
  call(token: string, inputs: Inputs): Promise<Record<string, unknown>>;
  /** The id of a resource in the tenants; `undefined` when it is not there. */
  idOf(type: string, name: string, inputs: Inputs): Promise<string | undefined>;
  /** Outputs of another stack, where they are not those that the stack is read with. */
  readonly outputsOf?: OutputsOf | undefined;
}

/** Stands in the inputs for what only `up` will know. It begins with a character that no vendor's id has. */
const UNKNOWN = "\u2026unknown:";

/** A value of which only `up` will know more than what it is of. */
export function unknownValue(of: string): string {
  return `${UNKNOWN}${of}`;
}

/** Whether a value is more than a stand-in for what only `up` will know. */
export function isKnown(value: unknown): boolean {
  return !(typeof value === "string" && value.startsWith(UNKNOWN));
}

/** Inputs without those that only `up` will know. */
function knownInputs(inputs: Inputs): Inputs {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => isKnown(value)));
}

/** For the SDK's own server, in milliseconds. */
const LONGEST_START = 3000;

/** What a provider adds to the inputs when it creates or reads a resource. */
function computed(type: string, id: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(resourceTypes.get(type)?.computed ?? {}).map(([output, from]) => [
      output,
      from === "id" ? id : unknownValue(`${output} of ${id}`),
    ]),
  );
}

const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/** What a server has that is read and not declared. */
const READ = { audiences: [unknownValue("audience")] };

/**
 * Runs the program once, and answers what it declared, parents before what belongs to them.
 *
 * @throws the program's LookupError when the configuration names what nobody has
 */
export async function walk(stack: CheckedStack, answers: Answers): Promise<readonly Registration[]> {
  const monitor = new ProgramMonitor({
    async newResource({ type, name, inputs, id, custom }) {
      const given = inputsSchema.parse(inputs);
      if (type === STACK_REFERENCE) {
        const { outputsOf = stack.outputsOf } = answers;
        return { id: id ?? "", state: { ...given, outputs: (await outputsOf?.(id ?? "")) ?? {} } };
      }
      const read = id !== undefined && id !== "";
      const known = read ? id : custom === true ? await answers.idOf(type, name, knownInputs(given)) : "";
      const whole = known ?? unknownValue(name);
      return { id: whole, state: { ...given, ...(read ? READ : {}), ...computed(type, whole) } };
    },
    call: ({ token, inputs }) => answers.call(token, inputsSchema.parse(inputs)),
  });
  await pulumi.runtime.setMocks(monitor.mocks, stack.project, stack.name);
  pulumi.runtime.setMockOptions(monitor, stack.project, stack.name);
  pulumi.runtime.setAllConfig({ ...stack.source.values }, [...stack.source.secretKeys]);
  // An error that reached the SDK would come out again in promises that nobody holds.
  const failures: unknown[] = [];
  await pulumi.runtime.runInPulumiStack(async () => {
    await stack.program.declareStack(stack.config).catch((error: unknown) => failures.push(error));
  });
  // A server that is shut down before it is up is waited for without end.
  if (failures.length > 0)
    await Promise.race([monitor.hooked, sleep(LONGEST_START, undefined, { ref: false })]);
  await pulumi.runtime.disconnect();
  for (const failure of failures) throw failure;
  return monitor.registrations;
}

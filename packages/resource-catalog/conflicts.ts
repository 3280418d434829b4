/**
 * The vendors refuse a second thing of one name (409, "already exists"), and the providers only pass that on. What is
 * there may be somebody else's; it may also be the stack's own, made by a run that was killed or whose answer was lost.
 */
import { idsIn, importIdOf } from "./find.ts";
import { importCommand, type Importable } from "./import-command.ts";
import type { Inputs, ResourceType } from "./resource-type.ts";
import { expand } from "./template.ts";

/** Whether a provider's words say that there is one already. */
export function isConflict(words: string): boolean {
  return /\b409\b|already exists|already been added/.test(words);
}

/** A creation that the vendor refused. */
export interface RefusedCreation extends Omit<Importable, "importId"> {
  readonly inputs: Inputs;
}

/** Calls a function of the provider. */
export type Call = (token: string, given: Inputs) => Promise<unknown>;

/** What to do about a conflict: the command that takes in what is there, with its id where that can be found. */
export async function conflictAdvice({ inputs, ...resource }: RefusedCreation, call: Call): Promise<string> {
  const { type, name } = resource;
  const importId = (await findByFunction(type, inputs, call).catch(() => undefined)) ?? type.example;
  return (
    `${name} is in the tenant already, and not in the state. If it is this stack's own (made by hand, or by a run ` +
    `that was cut short), take it in and run again:\n  ${importCommand({ ...resource, importId })}\n` +
    "If it is somebody else's, choose another name. See docs/troubleshooting.md#409-conflict"
  );
}

async function findByFunction(type: ResourceType, inputs: Inputs, call: Call): Promise<string | undefined> {
  if (type.function === undefined) return expand(type.importId, inputs);
  const { token, arguments: given, ...place } = type.function;
  const [id] = idsIn(await call(token, expandAll(given, inputs)), place, type, inputs);
  return id === undefined ? undefined : importIdOf(type, inputs, id);
}

function expandAll(given: Readonly<Record<string, string | boolean>>, inputs: Inputs): Inputs {
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [
      key,
      typeof value === "string" ? expand(value, inputs) : value,
    ]),
  );
}

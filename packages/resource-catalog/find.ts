/** Finds resources by what a stack declares of them, and says under which ids they are known. */
import { z } from "zod";
import type { Inputs, Place, Readers, ResourceType } from "./resource-type.ts";
import { expand, expandPath, textOf, valuesIn } from "./template.ts";

/** Something that a tenant holds. */
export interface Existing {
  /** As Pulumi keeps it, and as other resources name it. */
  readonly id: string;
  /** As `pulumi import` wants it: of some types the ids of the parents come first. */
  readonly importId: string;
}

/**
 * Everything in the tenants that fits the inputs: more than one where a name may be there twice, nothing as long as an
 * input is unknown that the search needs.
 */
export async function findExisting(
  type: ResourceType,
  inputs: Inputs,
  readers: Readers,
): Promise<readonly Existing[]> {
  const { find, vendor } = type;
  const path = find && expandPath(find.path, inputs);
  if (path === undefined) return [];
  return idsIn(await readers[vendor](path), find ?? {}, type, inputs).map((id) => ({
    id,
    importId: importIdOf(type, inputs, id),
  }));
}

/** Whether one of this id is there; `undefined` where that cannot be asked. Without a `read` it is looked for. */
export async function isThere(
  type: ResourceType,
  id: string,
  inputs: Inputs,
  readers: Readers,
): Promise<boolean | undefined> {
  const known = { ...inputs, ...(belongs(type) ? valuesIn(type.importId, id) : {}), id };
  if (type.read !== undefined) {
    const path = expandPath(type.read, known);
    return path === undefined ? undefined : (await readers[type.vendor](path)) !== undefined;
  }
  if (!canBeFound(type, known)) return undefined;
  return (await findExisting(type, known, readers)).some((one) => one.id === id);
}

/** Whether the inputs say enough to look for it. */
export function canBeFound({ find }: ResourceType, inputs: Inputs): boolean {
  if (find === undefined || expandPath(find.path, inputs) === undefined) return false;
  return Object.values(find.where ?? {}).every((input) => textOf(inputs, input) !== undefined);
}

/** The id to import of a resource whose id in the state is `id`. */
export function importIdOf(type: ResourceType, inputs: Inputs, id: string): string {
  return expand(type.importId, { ...inputs, id }) ?? type.example;
}

/** Whether the resource has no id of its own: it is the tie between what its inputs name, or a list of one of them. */
function belongs(type: ResourceType): boolean {
  return !type.importId.includes("{id}");
}

const itemsSchema = z.array(z.record(z.string(), z.unknown())).default([]);
const objectSchema = z.record(z.string(), z.unknown());

/** The ids, as the state has them, of what an answer shows of the resource. */
export function idsIn(answer: unknown, place: Place, type: ResourceType, inputs: Inputs): readonly string[] {
  const own = belongs(type) ? expand(type.importId, inputs) : undefined;
  return itemsIn(answer, place, inputs).flatMap((item) => own ?? z.string().parse(item[place.id ?? "id"]));
}

function itemsIn(answer: unknown, { list, where, whole }: Place, inputs: Inputs): readonly Inputs[] {
  if (answer === undefined) return [];
  if (list === undefined && where === undefined && whole === undefined) return [objectSchema.parse(answer)];
  const items = itemsSchema.parse(list === undefined ? answer : objectSchema.parse(answer)[list]);
  if (whole) return items.slice(0, 1);
  const wanted = Object.entries(where ?? {});
  return items.filter((item) =>
    wanted.every(([field, input]) => item[field] !== undefined && item[field] === textOf(inputs, input)),
  );
}

import { importId } from "@ai-api-access/local/recovery/import-command.ts";
import { locators } from "@ai-api-access/local/recovery/locate.ts";
import type { TenantReaders } from "@ai-api-access/local/recovery/clients.ts";
import type { Inputs } from "../program/walk.ts";
import { belonging } from "./belonging.ts";

/** Something that a tenant holds. */
export interface Existing {
  /** As Pulumi keeps it, and as other resources name it. */
  readonly id: string;
  /** As `pulumi import` wants it: of some types the ids of the parents come first. */
  readonly importId: string;
}

/** Types of which a tenant holds at most one of a name, or which it would hold twice: their names have to be free. */
export function hasOwnName(type: string): boolean {
  return locators[type] !== undefined;
}

/** Everything in the tenants that fits what the program declares; more than one where a name may be there twice. */
export async function findExisting(
  type: string,
  inputs: Inputs,
  tenants: TenantReaders,
): Promise<readonly Existing[]> {
  const found = (await locators[type]?.find(inputs, tenants)) ?? [];
  if (found.length > 0) return found.map(({ id }) => ({ id, importId: importId(type, inputs, id) }));
  const id = await belonging[type]?.(inputs, tenants);
  return id === undefined ? [] : [{ id, importId: id }];
}

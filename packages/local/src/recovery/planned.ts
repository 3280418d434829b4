import type { Twin } from "../twin.ts";
import { resourceEventSchema } from "./engine-events.ts";

/** A resource that the next `up` would create, with its inputs; what only `up` will know is a marker text. */
export interface Planned {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Record<string, unknown>;
  readonly parent?: string;
  readonly provider?: string;
}

const CREATIONS = new Set(["create", "create-replacement"]);

/** What a preview would create, in the order of the program. */
export async function plannedCreations(twin: Twin): Promise<Planned[]> {
  const planned: Planned[] = [];
  await twin.stack.preview({
    onEvent: ({ resourcePreEvent }) => {
      if (resourcePreEvent === undefined) return;
      const { op, urn, type, new: next } = resourceEventSchema.parse(resourcePreEvent.metadata);
      if (!CREATIONS.has(op) || next?.custom !== true) return;
      const { inputs, parent, provider } = next;
      planned.push({
        urn,
        type,
        inputs,
        ...(parent === undefined || parent === "" ? {} : { parent }),
        ...(provider === undefined || provider === "" ? {} : { provider }),
      });
    },
  });
  return planned;
}

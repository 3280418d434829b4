import type { ImportResource } from "@pulumi/pulumi/automation/index.js";
import type { Step } from "./plan.ts";

/** What `pulumi import --file` reads. */
export interface ImportFile {
  readonly nameTable: Record<string, string>;
  readonly resources: ImportResource[];
}

/**
 * The import file of a plan. Components come along where they are not in the state yet and something below them is
 * adopted; those in the state are named by their URN.
 */
export function importFile(steps: readonly Step[]): ImportFile {
  const adopted = steps.filter((step) => step.kind === "adopt");
  const needed = ancestors(steps, adopted);
  const nameTable = Object.fromEntries(
    steps.flatMap(({ kind, resource: { urn } }) => (kind === "have" && needed.has(urn) ? [[urn, urn]] : [])),
  );
  const components = steps.filter(
    ({ kind, resource }) => kind === "create" && !resource.custom && needed.has(resource.urn),
  );
  // The names in the file are URNs: the component and the resource that it is about often have one name.
  const entry = ({ resource }: Step) => ({
    type: resource.type,
    name: resource.urn,
    logicalName: resource.name,
    ...(resource.parent !== undefined && { parent: resource.parent }),
    ...(resource.version !== undefined && { version: resource.version }),
  });
  return {
    nameTable,
    resources: [
      ...components.map((step) => ({ ...entry(step), component: true })),
      ...adopted.map((step) => ({ ...entry(step), id: step.importId })),
    ],
  };
}

/** URNs of everything above what is adopted. */
function ancestors(steps: readonly Step[], adopted: readonly Step[]): ReadonlySet<string> {
  const parents = new Map(steps.map(({ resource }) => [resource.urn, resource.parent]));
  const found = new Set<string>();
  for (const { resource } of adopted) {
    for (let above = resource.parent; above !== undefined; above = parents.get(above)) found.add(above);
  }
  return found;
}

import { shortName } from "@ai-api-access/resource-catalog";
import type { Step } from "./plan.ts";
import { describeChanges, type Change } from "../shared/stack/changes.ts";

/** The plan, a line a resource; what is in the state already is only counted. */
export function describePlan(steps: readonly Step[], stack: string): string[] {
  const have = steps.filter(({ kind, resource }) => kind === "have" && resource.custom).length;
  const lines = steps.flatMap((step) => lineOf(step));
  const header = `What stack ${stack} declares, and what the tenants have of it:`;
  return [
    header,
    ...(have > 0 ? [`  = ${String(have)} in the stack already`] : []),
    ...lines,
    ...(steps.some(({ kind }) => kind === "adopt")
      ? []
      : ["Nothing is there that is not in the stack already."]),
  ];
}

function lineOf(step: Step): string[] {
  const { resource } = step;
  switch (step.kind) {
    case "adopt":
      return [`  < ${shortName(resource)}  ${step.importId}`];
    case "create":
      return resource.custom ? [`  + ${shortName(resource)}  is not there: \`up\` creates it`] : [];
    case "choose":
      return [
        `  ? ${shortName(resource)}  is there ${String(step.ids.length)} times: ${step.ids.join(", ")}`,
        `      say which: --id ${resource.name}=${step.ids[0] ?? "ID"}`,
      ];
    case "roster":
      return [`  - ${shortName(resource)}  takes over people itself: docs/members.md`];
    case "have":
      return [];
  }
}

/** What is left after an import. */
export function describeRest(changes: readonly Change[], stack: string): string[] {
  if (changes.length === 0)
    return [`Done. The next \`up\` of stack ${stack} changes nothing in the tenants.`];
  return [
    `Done, and nothing was changed in the tenants. The next \`up\` of stack ${stack} still would:`,
    ...describeChanges(changes),
    "Where that is not wanted, write into the configuration what the tenant has.",
  ];
}

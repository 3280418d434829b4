import Table from "cli-table3";
import type { Outcome } from "./fleet.ts";

/** The outcomes as a table, failures last with their reasons below it. */
export function summary(outcomes: readonly Outcome[]): string {
  const table = new Table({ head: ["stack", "outcome", "seconds"], style: { head: [], border: [] } });
  const order: readonly Outcome["kind"][] = ["done", "done before", "not begun", "failed"];
  const sorted = outcomes.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  table.push(
    ...sorted.map((outcome) => [
      outcome.name,
      outcome.kind === "done" ? outcome.changes : outcome.kind,
      "seconds" in outcome ? outcome.seconds.toFixed(1) : "",
    ]),
  );
  const reasons = outcomes.flatMap((outcome) =>
    outcome.kind === "failed"
      ? [`${outcome.name}:\n${indented(outcome.why)}\n  All that the engine said: ${outcome.log}`]
      : [],
  );
  return [table.toString(), ...reasons].join("\n\n");
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}

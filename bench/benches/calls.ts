import type { Bench } from "../kit/bench.ts";
import { CALL_COLUMNS, callCells, countCalls, total } from "../kit/calls.ts";
import { hostSentence, withBoth } from "../stacks/pair.ts";
import type { Command, MeasuredStack } from "../stacks/stack.ts";

const LIFE: readonly (readonly [label: string, command: Command])[] = [
  ["first up", "up"],
  ["preview, no change", "preview"],
  ["refresh, no change", "refresh"],
  ["destroy", "destroy"],
];

export const calls: Bench = {
  name: "calls",
  description: "API calls in the life of the stack, against the tutorial way",
  run: ({ tools, say }) =>
    withBoth(tools, async (ours, tutorial) => {
      const rows: string[][] = [];
      for (const [label, command] of LIFE) {
        say(`calls: ${label} of each`);
        const own = await callsOf(ours, command);
        const other = await callsOf(tutorial, command);
        rows.push(
          [`${label}: ${ours.name}`, ...callCells(own), (total(own) / total(other)).toFixed(2)],
          [`${label}: ${tutorial.name}`, ...callCells(other), ""],
        );
      }
      return {
        title: "API calls",
        how: [
          "Requests that reached the local tenants, from their own logs; both stacks declare the same resources.",
          hostSentence(tools),
          "up, refresh and destroy run with `--skip-preview`: with their preview, `pulumi` asks some things twice.",
        ],
        columns: ["", ...CALL_COLUMNS, "ratio"],
        rows,
        notes: [
          "Auth0's token requests are among its other calls. By themselves both ask for the connection, this stack for one person by email and the " +
            "tutorial way for the tenant's domain; all other calls are the plugins'.",
        ],
      };
    }),
};

function callsOf(stack: MeasuredStack, command: Command) {
  return countCalls(stack.tenants, () => stack.run(command));
}

import type {
  DestroyOptions,
  EngineEvent,
  RefreshOptions,
  Stack,
  UpOptions,
} from "@pulumi/pulumi/automation/index.js";

/** Number of resources by operation, as the engine counts them: `{ same: 3, create: 1 }`. */
export type Changes = Readonly<Partial<Record<string, number>>>;

/**
 * Changes a stack; its outputs are read by who wants them.
 *
 * After a change the Automation API starts the CLI three times more, twice for the outputs and once for the history:
 * together that takes longer than most changes. The counts come with the engine's events as well.
 */
export async function change(
  stack: Stack,
  command: "up" | "refresh" | "destroy",
  options: UpOptions & RefreshOptions & DestroyOptions = {},
): Promise<Changes> {
  let changes: Changes = {};
  const onEvent = (event: EngineEvent) => {
    changes = event.summaryEvent?.resourceChanges ?? changes;
    options.onEvent?.(event);
  };
  await withoutQuestions(stack)[command]({ ...options, onEvent });
  return changes;
}

/** The stack, asking nothing after a run. */
function withoutQuestions(stack: Stack): Stack {
  return new Proxy(stack, {
    get: (target, name, receiver): unknown =>
      name === "outputs" || name === "info" ? () => Promise.resolve({}) : Reflect.get(target, name, receiver),
  });
}

import type { Deployment, Stack } from "@pulumi/pulumi/automation/index.js";
import { stateSchema, type State } from "./state.ts";

/** A stack's state, read once and written back as often as it changes: the engine takes a second for each. */
export class StoredState {
  readonly #stack: Stack;
  readonly #exported: Deployment;
  #state: State;

  private constructor(stack: Stack, exported: Deployment) {
    this.#stack = stack;
    this.#exported = exported;
    this.#state = stateSchema.parse(exported.deployment ?? {});
  }

  static async read(stack: Stack): Promise<StoredState> {
    return new StoredState(stack, await stack.exportStack());
  }

  get state(): State {
    return this.#state;
  }

  async write(state: State): Promise<void> {
    await this.#stack.importStack({ ...this.#exported, deployment: state });
    this.#state = state;
  }
}

import { z } from "zod";
import { runOnStack, type StackCli } from "./stack-cli.ts";
import { stateSchema, type State } from "./state.ts";

const exportSchema = z.looseObject({ deployment: stateSchema.nullish() });
type Exported = z.output<typeof exportSchema>;

/**
 * A stack's state, read once and written back as often as it changes: the engine takes a second for each.
 *
 * Secrets stay encrypted. The Automation API's own export decrypts them, and its import leaves them in a file of the
 * temporary folder.
 */
export class StoredState {
  readonly #cli: StackCli;
  #text: string;
  #exported: Exported;

  private constructor(cli: StackCli, text: string) {
    this.#cli = cli;
    this.#text = text;
    this.#exported = exportSchema.parse(JSON.parse(text));
  }

  /** @throws CliError with the CLI's own words */
  static async read(cli: StackCli): Promise<StoredState> {
    return new StoredState(cli, await exported(cli));
  }

  get state(): State {
    return this.#exported.deployment ?? stateSchema.parse({});
  }

  /** The export as the CLI gave it. */
  get text(): string {
    return this.#text;
  }

  /** Whether nobody has written the state since it was read. */
  async isCurrent(): Promise<boolean> {
    return (await exported(this.#cli)) === this.#text;
  }

  /** Replaces the state. The engine drops the operations that are noted as under way. @throws CliError */
  async write(state: State): Promise<void> {
    const written = { ...this.#exported, deployment: state };
    await runOnStack(this.#cli, ["stack", "import"], JSON.stringify(written));
    this.#exported = written;
  }
}

function exported(cli: StackCli): Promise<string> {
  return runOnStack(cli, ["stack", "export"]);
}

/** Which stacks of a fleet are done, so that a run that was cut short goes on where it stopped. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { z } from "zod";
import { writeWhole } from "@ai-api-access/emulator-core/machine/files.ts";

/** `stacks` are the options that chose them. */
const journalSchema = z.object({ stacks: z.string(), done: z.array(z.string()) });

export class Journal {
  readonly #file: string;
  readonly #stacks: string;
  readonly #done: Set<string>;

  private constructor(file: string, stacks: string, done: readonly string[]) {
    this.#file = file;
    this.#stacks = stacks;
    this.#done = new Set(done);
  }

  /** A run from the beginning: what an earlier one has done is done again. */
  static begin(file: string, stacks: string): Journal {
    rmSync(file, { force: true });
    return new Journal(file, stacks, []);
  }

  /**
   * Goes on with the run that was cut short.
   *
   * @throws UserError when there is none, or one of other stacks
   */
  static resume(file: string, stacks: string): Journal {
    if (!existsSync(file)) {
      throw new UserError(
        "There is nothing to resume: the last run of this command ended, or none was begun.",
      );
    }
    const { success, data } = journalSchema.safeParse(parsed(readFileSync(file, "utf8")));
    if (!success) {
      throw new UserError(`${file} is not what an earlier run wrote. Delete it and run without --resume.`);
    }
    if (data.stacks !== stacks) {
      throw new UserError(
        `The run to resume was of ${data.stacks}, this one is of ${stacks}. Give the same, or leave --resume out.`,
      );
    }
    return new Journal(file, stacks, data.done);
  }

  isDone(stack: string): boolean {
    return this.#done.has(stack);
  }

  /** Kept at once: whoever kills the run finds it there. */
  done(stack: string): void {
    this.#done.add(stack);
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    writeWhole(this.#file, JSON.stringify({ stacks: this.#stacks, done: [...this.#done] }));
  }

  /** Everything is done, and nothing to resume. */
  end(): void {
    rmSync(this.#file, { force: true });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

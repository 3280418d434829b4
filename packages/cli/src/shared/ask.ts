import { createInterface } from "node:readline/promises";
import { UserError } from "@ai-api-access/user-error";

/**
 * Asks at the terminal for consent.
 *
 * @throws UserError where nobody can answer
 */
export async function agreed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UserError("Nobody can be asked here, and nothing was done.", {
      next: "if it is meant, say --yes",
    });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} (yes/no) `)).trim());
  } finally {
    terminal.close();
  }
}

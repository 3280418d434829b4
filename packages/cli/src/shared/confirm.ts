import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { UserError } from "@ai-api-access/user-error";

/**
 * Asks a question whose only yes is `yes`.
 *
 * @throws UserError when nobody is there to answer
 */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UserError(
      "This wants an answer, and there is no terminal to give it in. Nothing was changed.",
      {
        next: "the same command with --yes",
      },
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C and Ctrl-D end the question without an answer.
  const closed = once(
    terminal.on("SIGINT", () => {
      terminal.close();
    }),
    "close",
  ).then(() => "");
  try {
    const answer = terminal.question(`${question} Only yes is taken as an answer: `);
    return (await Promise.race([answer, closed])).trim() === "yes";
  } finally {
    terminal.close();
  }
}

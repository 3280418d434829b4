/** `ai-api-access app-config`: the outputs of a stack, checked, become a text that is printed, written or compared. */
import { readFileSync } from "node:fs";
import { messageOf } from "@ai-api-access/user-error";
import { UserError } from "@ai-api-access/user-error";
import { z } from "zod";
import type { Context } from "../context.ts";
import { contentOf, leftOutLines, withoutSecret, type Content } from "./content.ts";
import { FORMATS } from "./formats.ts";
import { replaceFile } from "./replace-file.ts";
import { readOutputs } from "./sources.ts";

export const optionsSchema = z.object({
  stack: z.string().optional(),
  twin: z.boolean().default(false),
  from: z.string().optional(),
  format: z.literal(["env", "json", "k8s", "github"]),
  out: z.string().optional(),
  showSecrets: z.boolean().default(false),
  check: z.boolean().default(false),
});

/**
 * @throws UserError when the outputs cannot be had or used; with exit code 1 when the checked file is not up to date
 */
export async function appConfig(
  options: z.infer<typeof optionsSchema>,
  { write, say }: Context,
): Promise<void> {
  const { format, out, check, showSecrets } = options;
  const render = FORMATS[format];
  const content = contentOf(await readOutputs(options), showSecrets);
  if (out === undefined) {
    write(render(content));
  } else if (check) {
    compare(out, content, render);
    say(`${out} is up to date.`);
    return;
  } else {
    replaceFile(out, render(content));
    say(`${out} was written.`);
  }
  leftOutLines("okta.clientSecret", content).forEach(say);
}

/** @throws UserError (exit code 1) when the file is not what would be written; it shows no secret and quotes no file */
function compare(file: string, content: Content, render: (content: Content) => string): void {
  const found = read(file);
  if (found === render(content)) return;
  const linesOf = (text: string) => text.split("\n").map((line) => line.trim().replace(/,$/, ""));
  const foundLines = new Set(linesOf(found));
  const shown = render({ ...content, config: withoutSecret(content.config) });
  const lacking = linesOf(shown).filter((line) => !foundLines.has(line));
  throw new UserError(
    [
      `${file} is not up to date${content.stack === undefined ? "" : ` with stack ${content.stack}`}:`,
      ...lacking.map((line) => `  it lacks ${line}`),
      ...(lacking.length === 0 ? ["  it has another secret, or lines that would not be written now"] : []),
    ].join("\n"),
    { next: "write it again, without --check" },
  );
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

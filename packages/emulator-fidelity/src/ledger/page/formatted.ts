import { format, resolveConfig } from "prettier";

/** A Markdown text as the repository's formatter writes it, so that the page passes `npm run format:check`. */
export async function formatted(markdown: string, file: string): Promise<string> {
  const style = await resolveConfig(file);
  return format(markdown, { ...style, parser: "markdown" });
}

import { z } from "zod";

/** A body as tests look at it: parsed where it is JSON, else as text; `undefined` when it is empty. */
export function bodyOf(text: string, contentType: string): unknown {
  if (text === "") return undefined;
  return contentType.includes("json") ? z.unknown().parse(JSON.parse(text)) : text;
}

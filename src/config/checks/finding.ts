import type { Mistake } from "../mistakes.ts";
import { type Path, keyOf, show } from "../values.ts";

/** A mistake with its path still in pieces, so that it can be sorted and matched with others. */
export interface Finding {
  readonly path: Path;
  readonly mistake: Mistake;
}

export interface Words {
  /** What stands there: printed as a value, unless it is given as words in `gotWords`. */
  readonly got?: unknown;
  readonly gotWords?: string;
  readonly wants: string;
  readonly example: string;
  readonly next?: string | undefined;
}

/** A finding at a path of the program's own namespace. */
export function finding(path: Path, { got, gotWords, wants, example, next }: Words): Finding {
  return {
    path,
    mistake: {
      key: keyOf(path),
      got: gotWords ?? show(got, path),
      wants,
      example,
      ...(next !== undefined && { next }),
    },
  };
}

/** The places of a list whose text stands earlier in it already, with the place where it stood first. */
export function repeated(
  texts: readonly (string | undefined)[],
): { index: number; first: number; text: string }[] {
  const seen = new Map<string, number>();
  return texts.flatMap((text, index) => {
    if (text === undefined) return [];
    const first = seen.get(text);
    if (first !== undefined) return [{ index, first, text }];
    seen.set(text, index);
    return [];
  });
}

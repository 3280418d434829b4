import { idsIn } from "./compare/opaque.ts";
import type { Recording } from "./recordings/recording.ts";

/**
 * The ids of things that the recorded tenant held already: those that the recording names, or a read shows, before
 * any write answered with them.
 */
export function priorIds({ vendor, interactions }: Recording): ReadonlySet<string> {
  const prior = new Set<string>();
  const made = new Set<string>();
  for (const { method, path, requestBody, responseBody } of interactions) {
    const asked = idsIn(`${decoded(path)} ${requestBody}`, vendor);
    const answered = idsIn(responseBody, vendor);
    for (const id of asked) if (!made.has(id)) prior.add(id);
    for (const id of answered) {
      if (method === "GET") {
        if (!made.has(id)) prior.add(id);
      } else if (!prior.has(id)) {
        made.add(id);
      }
    }
  }
  return prior;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

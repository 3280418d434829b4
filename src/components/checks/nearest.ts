import { distance } from "fastest-levenshtein";

/** The known word that somebody most likely meant, or undefined when none is close. Letter case is ignored. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const scored = known
    .map((candidate) => {
      const other = candidate.toLowerCase();
      const contained = other.length > 2 && (lower.includes(other) || other.includes(lower));
      return { candidate, score: contained ? Math.min(2, distance(lower, other)) : distance(lower, other) };
    })
    .sort((a, b) => a.score - b.score);
  const [best] = scored;
  return best && best.score <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

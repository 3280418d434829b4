/** How many letters must be added, removed or changed to turn one word into the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const change = (row[j] ?? 0) + (from.charAt(i) === to.charAt(j) ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

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

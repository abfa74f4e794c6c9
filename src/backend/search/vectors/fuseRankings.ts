/** Entry of a ranking with its score. */
export interface Scored {
  /** Number of the passage. */
  position: number;
  /** From 0 to 1. */
  score: number;
}

/** Weakens the difference between the first ranks, so that no ranking alone decides. The usual value of the method. */
const RANK_OFFSET = 60;

/**
 * Combines two rankings by reciprocal rank fusion: only the ranks count, because the scores of words and vectors cannot be
 * compared. A passage that is first in both gets the score 1, one that is first in one and missing in the other gets 0.5.
 */
export function fuseRankings(one: readonly Scored[], other: readonly Scored[]): Scored[] {
  const scores = new Map<number, number>();
  for (const ranking of [one, other]) {
    ranking.forEach(({ position }, rank) => {
      const share = (RANK_OFFSET + 1) / (RANK_OFFSET + 1 + rank) / 2;
      scores.set(position, (scores.get(position) ?? 0) + share);
    });
  }
  return [...scores]
    .map(([position, score]) => ({ position, score }))
    .sort((a, b) => b.score - a.score || a.position - b.position);
}

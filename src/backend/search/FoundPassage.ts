/** Passage of a file that a search has found. */
export interface FoundPassage {
  fileId: string;
  filename: string;
  text: string;
  /** Relevance, from 0 to 1. */
  score: number;
}

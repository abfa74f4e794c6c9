/** A passage of a file that a search has found. */
export interface FoundPassage {
  fileId: string;
  filename: string;
  text: string;
  /** How well it fits, 0 to 1. */
  score: number;
}

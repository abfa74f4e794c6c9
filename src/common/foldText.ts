/** Returns a text without case and without accents, for a search. Its length may differ. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

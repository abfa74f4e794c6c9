const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
]);

/** Decodes the names that HTML escapes produce, and the no-break space. `decodeName.lazy.ts` decodes all names. */
export function decodeName(name: string): string | undefined {
  return CHARACTERS.get(name);
}

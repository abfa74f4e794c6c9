/** Common names of characters that are hard to type, or that markdown would read as marks. */
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: '\u00a0',
    ensp: '\u2002',
    emsp: '\u2003',
    copy: '©',
    reg: '®',
    trade: '™',
    hellip: '…',
    mdash: '—',
    ndash: '–',
    lsquo: '‘',
    rsquo: '’',
    ldquo: '“',
    rdquo: '”',
    laquo: '«',
    raquo: '»',
    bull: '•',
    middot: '·',
    times: '×',
    deg: '°',
    euro: '€',
    larr: '←',
    rarr: '→',
    le: '≤',
    ge: '≥',
    ne: '≠',
  }),
);

/** Matches an escaped character, and a character reference by number or name. */
export const ESCAPED = /\\([!-/:-@[-`{-~])|&#(x[\da-f]{1,6}|\d{1,7});|&([a-z][a-z\d]{1,8});/gi;

/**
 * Removes backslashes before punctuation, and resolves numeric and common named character references. Unknown names are kept.
 */
export function unescape(text: string): string {
  return text.replace(ESCAPED, (whole, escaped?: string, number?: string, name?: string) => {
    if (number === undefined) return escaped ?? NAMED.get(name ?? '') ?? whole;
    // `0x41` is hexadecimal, `065` is decimal.
    const code = Number(`0${number}`);
    const isCharacter = code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
    return isCharacter ? String.fromCodePoint(code) : '\ufffd';
  });
}

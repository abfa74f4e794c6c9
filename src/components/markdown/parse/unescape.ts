/** The names that prose and tables use for characters which are hard to type, or which markdown would read as marks. */
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

/** A character behind a backslash, by number, or by name. */
export const ESCAPED = /\\([!-/:-@[-`{-~])|&#(x[\da-f]{1,6}|\d{1,7});|&([a-z][a-z\d]{1,8});/gi;

/**
 * Takes the backslashes from before punctuation, and resolves numeric character references and the named ones that prose
 * uses; an unknown name stays as it is written.
 */
export function unescape(text: string): string {
  return text.replace(ESCAPED, (whole, escaped?: string, number?: string, name?: string) => {
    if (number === undefined) return escaped ?? NAMED.get(name ?? '') ?? whole;
    // `0x41` and `065` are both what they say.
    const code = Number(`0${number}`);
    const isCharacter = code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
    return isCharacter ? String.fromCodePoint(code) : '\ufffd';
  });
}

/**
 * Words and phrases that the style guide replaces with plain technical English. Each pattern is matched against comments,
 * string literals, JSX text and documentation. Add a pattern when a new habit shows up in review.
 *
 * @type {ReadonlyArray<readonly [pattern: RegExp, advice: string]>}
 */
export const discouraged = [
  [/\b(?:nobody|somebody|anybody)\b/i, 'name the actor: the user, the caller, the server'],
  [/\b(?:whoever|whatever|whichever)\b/i, 'name the actor or the value'],
  [/\bwho (?:asks|reads|waits|looks|sends|has left|comes)\b/i, 'name the actor'],
  [/\banew\b/i, 'again'],
  [/\b(?:is|are|was|were) told\b/i, 'is notified, receives'],
  [/\btells? of\b/i, 'reports, emits'],
  [/\bstands? (?:behind|for itself|before|in for|beside)\b/i, 'follows, precedes, replaces'],
  [/\bgo(?:es)? on\b/i, 'continues'],
  [/\bis no (?!longer\b|more\b)[a-z]+\b/i, 'is not a …'],
  [/\bby itself\b/i, 'automatically'],
  [/\bunder way\b/i, 'in progress'],
  [/\bthe other way round\b/i, 'the reverse'],
  [/\bat hand\b/i, 'available'],
  [/\bas it were\b/i, 'leave it out'],
  [/\bwithout a word\b/i, 'without an error message'],
  [/\bso far as\b/i, 'if'],
  [/\blets? go\b/i, 'released'],
  [/\bin its turn\b/i, 'later'],
  [/\ba person\b/i, 'the user'],
  [/\ba word of\b/i, 'leave it out'],
  [/\bdoors?\b/i, 'entry point'],
  [/\bthe house\b/i, 'the code base'],
];

/** Words that must not open a comment. Start with a verb or a noun phrase instead. */
export const discouragedOpenings =
  /^(?:What|Who|Whom|Whose|Where|Whether|How|Of|As|That|Tells if)\b/;

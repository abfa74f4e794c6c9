/** The maximum length of a metadata value, in code points. */
const MAX_LENGTH = 512;
/** Space for the number of sentences that do not fit. */
const RESERVED_LENGTH = 50;

/** Joins sentences to a value of metadata. Counts those that do not fit. Returns undefined without sentences. */
export function joinNotices(notices: readonly string[]): string | undefined {
  if (notices.length === 0) return undefined;
  const taken: string[] = [];
  let length = 0;
  for (const notice of notices) {
    length += notice.length + 1;
    if (length > MAX_LENGTH - RESERVED_LENGTH) break;
    taken.push(notice);
  }
  const others = notices.length - taken.length;
  if (others === 0) return taken.join(' ');
  return [...taken, `${others} more ${others === 1 ? 'problem' : 'problems'}.`].join(' ');
}

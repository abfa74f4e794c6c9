import { findQuote } from '../../search/findQuote.js';
import { getQueryWords } from '../../search/splitWords.js';
import type { ScriptedTurn } from './findReply.js';
import type { ScriptedLine, ScriptedLines } from './ScriptedLine.js';

const MAX_CITATIONS = 3;
/** Words that ask for a search but do not describe its subject. */
const REQUEST_WORDS =
  /\b(?:sources?|cit(?:e|es|ation|ations)|quotes?|documents?|files?|search|find|look up|know|name|show)\b/gi;

/** Returns true if the assistant has `file_search` and there are files to search. */
export function canSearch({ request }: ScriptedTurn): boolean {
  const files = [
    ...request.files,
    ...request.messages.flatMap((message) => ('files' in message ? message.files : [])),
  ];
  return files.length > 0 && request.tools.some(({ type }) => type === 'file_search');
}

/** Searches for the newest user message that has a subject. A question such as 'What are your sources?' has none. */
export function searchFiles({ userTexts }: ScriptedTurn): ScriptedLines {
  const query = userTexts
    .map((text) => text.replace(REQUEST_WORDS, ' ').trim())
    .findLast((text) => getQueryWords(text).some((word) => word.length > 2));
  return ['Let me look that up in your files. ', { search: query ?? userTexts.at(-1) ?? '' }];
}

/** Quotes the best sentence of each passage and cites it. */
export function quotePassages({ passages, request }: ScriptedTurn): ScriptedLines {
  const search = request.messages.findLast((message) => message.role === 'search');
  const query = search?.query ?? '';
  const best = passages
    .filter(({ score }, index) => index === 0 || score >= (passages[0]?.score ?? 0) / 2)
    .slice(0, MAX_CITATIONS);
  if (best.length === 0) {
    const reason = search?.notice ?? 'Ask in words that stand in them: I only compare words.';
    return `I searched your files for “${query}” and found nothing. ${reason}`;
  }
  return best.flatMap((passage, index): ScriptedLine[] => [
    `${index === 0 ? 'This is what I found' : '\n\nAnd'} in \`${passage.filename}\`: “${findQuote(passage.text, query)}”`,
    {
      cite: { id: passage.fileId, filename: passage.filename },
      quote: findQuote(passage.text, query),
    },
    '.',
  ]);
}

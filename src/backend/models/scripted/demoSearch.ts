import { findQuote } from '../../search/findQuote.js';
import { getQueryWords } from '../../search/splitWords.js';
import type { ScriptedTurn } from './scenario.js';
import type { ScriptedLine, ScriptedScript } from './script.js';

const MOST_CITED = 3;
/** Words that ask for sources, and say nothing of what is asked. */
const CUES =
  /\b(?:sources?|cit(?:e|es|ation|ations)|quotes?|documents?|files?|search|find|look up|know|name|show)\b/gi;

/** Whether the demo can look something up: the assistant may search, and there are files. */
export function maySearch({ request }: ScriptedTurn): boolean {
  const files = [
    ...request.files,
    ...request.messages.flatMap((message) => ('files' in message ? message.files : [])),
  ];
  return files.length > 0 && request.tools.some(({ type }) => type === 'file_search');
}

/** Searches for what the person asked, or asked before where this was a question for sources only. */
export function searchFiles({ said }: ScriptedTurn): ScriptedScript {
  const asked = said
    .map((text) => text.replace(CUES, ' ').trim())
    .findLast((text) => getQueryWords(text).some((word) => word.length > 2));
  return ['Let me look that up in your files. ', { search: asked ?? said.at(-1) ?? '' }];
}

/** Tells what was found, each passage by its best sentence, cited. */
export function tellFound({ found, request }: ScriptedTurn): ScriptedScript {
  const search = request.messages.findLast((message) => message.role === 'search');
  const query = search?.query ?? '';
  const best = found
    .filter(({ score }, index) => index === 0 || score >= (found[0]?.score ?? 0) / 2)
    .slice(0, MOST_CITED);
  if (best.length === 0) {
    return `I searched your files for “${query}” and found nothing. Ask in words that stand in them: I only compare words.`;
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

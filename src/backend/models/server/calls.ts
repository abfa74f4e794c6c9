import { isId } from '../../../protocol/isId.js';
import { randomId } from '../../../common/randomId.js';
import type { ModelEvent } from '../model.js';
import { readSearchQuery } from './toolSet.js';

interface Call {
  id: string;
  /** What the server calls it by. */
  key: string;
  name: string;
  written: string;
}

/** The function calls of an answer, as they are written. */
export interface ToolCallCollector {
  /** A call, or more of one that is known by its key. Answers the events that tell of it; none for a search. */
  take(piece: { key: string; id: string; name: string; arguments: string }): ModelEvent[];
  /** The keys of the calls, oldest first. */
  keys(): string[];
  /** What is left to tell once all of the answer is there: arguments for calls that have none, and the searches. */
  end(): ModelEvent[];
}

/** Gathers function calls. Those of `searchName` are kept back: they become searches. */
export function collectToolCalls(searchName: string | undefined): ToolCallCollector {
  const calls: Call[] = [];

  return {
    take({ key, id, name, arguments: text }) {
      const events: ModelEvent[] = [];
      let call = calls.find((known) => known.key === key);
      if (call === undefined) {
        // Some servers count their ids anew in each answer, or give none.
        const isFree = isId(id) && calls.every((known) => known.id !== id);
        call = { id: isFree ? id : randomId('call_'), key, name, written: '' };
        calls.push(call);
        if (name !== searchName) events.push({ type: 'toolCall', id: call.id, name });
      }
      call.written += text;
      if (text !== '' && call.name !== searchName)
        events.push({ type: 'arguments', callId: call.id, text });
      return events;
    },
    keys: () => calls.map(({ key }) => key),
    end: () =>
      calls.flatMap((call): ModelEvent[] => {
        if (call.name === searchName)
          return [{ type: 'search', id: call.id, query: readSearchQuery(call.written) }];
        // Whoever runs the function parses them.
        return call.written.trim() === ''
          ? [{ type: 'arguments', callId: call.id, text: '{}' }]
          : [];
      }),
  };
}

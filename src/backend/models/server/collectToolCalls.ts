import { randomId } from '../../../common/randomId.js';
import { isId } from '../../../protocol/isId.js';
import type { ModelEvent } from '../Model.js';
import { parseSearchQuery } from './createToolSet.js';

interface ToolCall {
  id: string;
  /** Key of the call in the events of the server. */
  key: string;
  name: string;
  arguments: string;
}

/** Fragment of a streamed function call. The first one of a key has the name of the function. */
export interface ToolCallFragment {
  key: string;
  id: string;
  name: string;
  arguments: string;
}

/** Collector for the streamed function calls of an answer. */
export interface ToolCallCollector {
  /** Adds a fragment to the call with its key, or creates the call. Returns the events to emit; none for a search. */
  add(fragment: ToolCallFragment): ModelEvent[];
  /** Returns the keys of the calls, oldest first. */
  getKeys(): string[];
  /** Returns the events to emit at the end of the answer: `{}` for calls without arguments, and the searches. */
  finish(): ModelEvent[];
}

/**
 * Creates a collector for function calls.
 *
 * @param searchName Name of the function whose calls become searches.
 */
export function collectToolCalls(searchName: string | undefined): ToolCallCollector {
  const calls: ToolCall[] = [];

  return {
    add({ key, id, name, arguments: text }) {
      const events: ModelEvent[] = [];
      let call = calls.find((existing) => existing.key === key);
      if (call === undefined) {
        // Some servers use the same ids in every answer, or none.
        const isUsable = isId(id) && calls.every((existing) => existing.id !== id);
        call = { id: isUsable ? id : randomId('call_'), key, name, arguments: '' };
        calls.push(call);
        if (name !== searchName) events.push({ type: 'toolCall', id: call.id, name });
      }
      call.arguments += text;
      if (text !== '' && call.name !== searchName)
        events.push({ type: 'arguments', callId: call.id, text });
      return events;
    },
    getKeys: () => calls.map(({ key }) => key),
    finish: () =>
      calls.flatMap((call): ModelEvent[] => {
        if (call.name === searchName)
          return [{ type: 'search', id: call.id, query: parseSearchQuery(call.arguments) }];
        // Clients parse the arguments, and an empty string is not valid JSON.
        return call.arguments.trim() === ''
          ? [{ type: 'arguments', callId: call.id, text: '{}' }]
          : [];
      }),
  };
}

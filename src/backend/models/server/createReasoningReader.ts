import type { ModelEvent } from '../Model.js';
import type { ToolCallCollector } from './collectToolCalls.js';
import { type Fields, toFields, toList, toText } from './toFields.js';

/** Reasoning item of a response, and the call that it precedes. Without a call, it precedes the text. */
export interface ReasoningItem {
  item: Fields;
  beforeCallId?: string;
}

/** Data of an answer with calls that the server needs back. */
export interface ResponsesTurn {
  reasoning: ReasoningItem[];
}

interface KeptItem {
  key: string;
  item: Fields;
  /** Number of calls before the item. */
  callCount: number;
}

type Events = Generator<ModelEvent, void, void>;

/** Creates a reader for the reasoning of a response. Keeps its items as they are, because the server may need them back. */
export function createReasoningReader(calls: ToolCallCollector) {
  const shownKeys = new Set<string>();
  const kept: KeptItem[] = [];

  return {
    /** Adds a piece of text. */
    *add(key: string, text: string): Events {
      if (text === '') return;
      shownKeys.add(key);
      yield { type: 'reasoning', text };
    },
    /** Adds a whole item. */
    *addItem(key: string, item: Fields): Events {
      const known = kept.find((one) => one.key === key);
      if (known === undefined) kept.push({ key, item, callCount: calls.list().length });
      // The item at the end of the response may be the only one with encrypted content.
      else if (toText(item['encrypted_content']) !== '') known.item = item;
      const text = [...toList(item['summary']), ...toList(item['content'])]
        .map((part) => toText(toFields(part)['text']))
        .join('\n\n');
      if (shownKeys.has(key) || text.trim() === '') return;
      shownKeys.add(key);
      yield { type: 'reasoning', text };
    },
    getTurn: (): ResponsesTurn => ({
      reasoning: kept.map(({ item, callCount }) => {
        const callId = calls.list()[callCount]?.id;
        return callId === undefined ? { item } : { item, beforeCallId: callId };
      }),
    }),
  };
}

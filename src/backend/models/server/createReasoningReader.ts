import type { ModelEvent } from '../Model.js';
import type { ToolCallCollector } from './collectToolCalls.js';
import { type Fields, toJoinedText, toList, toText } from './toFields.js';

/**
 * Item of a response that the server needs back, and the call that it precedes: reasoning, or a call that the server has run
 * itself. Without a call, it precedes the text.
 */
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

  function* add(key: string, text: string): Events {
    if (text === '') return;
    shownKeys.add(key);
    yield { type: 'reasoning', text };
  }

  function* addFinal(key: string, text: string): Events {
    if (!shownKeys.has(key)) yield* add(key, text);
  }

  return {
    /** Adds a piece of text. */
    add,
    /** Adds the whole text of an item, unless it was streamed. */
    addFinal,
    /** Adds a whole item. */
    *addItem(key: string, item: Fields): Events {
      const known = kept.find((one) => one.key === key);
      if (known === undefined) kept.push({ key, item, callCount: calls.list().length });
      // The item at the end of the response may be the only one with encrypted content.
      else if (toText(item['encrypted_content']) !== '') known.item = item;
      const { summary, content, text: own } = item;
      const text = [summary, content, own]
        .flatMap((part) => (Array.isArray(part) ? toList(part) : [part]))
        .map((part) => toJoinedText(part))
        .filter((part) => part !== '')
        .join('\n\n');
      if (text.trim() !== '') yield* addFinal(key, text);
    },
    /** Keeps a whole item, which is not shown. */
    keep(key: string, item: Fields): void {
      const known = kept.find((one) => one.key === key);
      if (known === undefined) kept.push({ key, item, callCount: calls.list().length });
      else known.item = item;
    },
    getTurn: (): ResponsesTurn => ({
      reasoning: kept.map(({ item, callCount }) => {
        const callId = calls.list()[callCount]?.id;
        return callId === undefined ? { item } : { item, beforeCallId: callId };
      }),
    }),
  };
}

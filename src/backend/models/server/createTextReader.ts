import type { ModelEvent } from '../Model.js';
import { createDifferenceFault } from './collectToolCalls.js';
import { createThinkFilter, type ThinkFilter, type ThinkOptions } from './createThinkFilter.js';
import type { Fields } from './toFields.js';

export type TextType = 'text' | 'refusal';

/** Place of a text in a response. */
interface TextPlace {
  /** Key of the item. */
  key: string;
  /** Index of the part in the content of the item. */
  part: number;
  type: TextType;
}

interface StreamedText {
  key: string;
  text: string;
  filter: ThinkFilter;
}

type Events = Generator<ModelEvent, void, void>;

/** Creates a reader for the texts of a response. Compares the streamed text with the final one, and adds what is missing. */
export function createTextReader({ startsInside, ...think }: ThinkOptions) {
  const streamed = new Map<string, StreamedText>();
  let currentKey: string | undefined;
  let hasContent = false;
  let lastEvent = '';
  let lastSequence = -1;
  let isDisordered = false;

  function open({ key, part, type }: TextPlace): StreamedText {
    const id = `${key} ${part} ${type}`;
    // Reasoning is before the first text.
    const options = { ...think, startsInside: startsInside === true && streamed.size === 0 };
    const known = streamed.get(id) ?? { key, text: '', filter: createThinkFilter(options) };
    streamed.set(id, known);
    return known;
  }

  function* emit(key: string, events: readonly ModelEvent[]): Events {
    for (const event of events) {
      if (event.type !== 'reasoning') {
        if (currentKey !== undefined && currentKey !== key) yield { type: 'message' };
        currentKey = key;
        hasContent = true;
      }
      yield event;
    }
  }

  function* add(place: TextPlace, text: string): Events {
    if (text === '') return;
    const known = open(place);
    known.text += text;
    yield* emit(
      place.key,
      place.type === 'text' ? known.filter.add(text) : [{ type: 'refusal', text }],
    );
  }

  return {
    add,
    /** @throws ServerFault if the final text has content that the streamed text lacks */
    *addFinal(place: TextPlace, text: string): Events {
      const { text: before } = open(place);
      if (text.startsWith(before)) return yield* add(place, text.slice(before.length));
      // Servers trim texts at their end, or remove reasoning from them.
      const [known, final] = [before, text].map((one) => one.replace(/\s+/g, ''));
      if (known === undefined || final === undefined || known === final) return;
      if (final.length > known.length || isDisordered) throw createDifferenceFault('text');
    },
    /** Returns true if an event was received already. Notices events in the wrong order. */
    isRepeated(event: Fields): boolean {
      const sequence = event['sequence_number'];
      if (typeof sequence !== 'number') return false;
      if (sequence < lastSequence) isDisordered = true;
      const json = JSON.stringify(event);
      if (sequence === lastSequence && json === lastEvent) return true;
      lastSequence = sequence;
      lastEvent = json;
      return false;
    },
    *flush(isWhole: boolean): Events {
      for (const { key, filter } of streamed.values()) yield* emit(key, filter.flush(isWhole));
    },
    hasContent: () => hasContent,
  };
}

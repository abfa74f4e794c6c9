import type { ModelEvent } from '../Model.js';
import { createDifferenceFault } from './collectToolCalls.js';
import { createThinkFilter, type ThinkFilter, type ThinkOptions } from './createThinkFilter.js';
import type { PartText } from './toAnnotation.js';
import type { Fields } from './toFields.js';

export type TextType = 'text' | 'refusal';

/** Place of a text in a response. */
export interface TextPlace {
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
  /** Start of the part in the text block of the message. Undefined until some of it was emitted. */
  start: number | undefined;
}

type Events = Generator<ModelEvent, void, void>;

/** Creates a reader for the texts of a response. Compares the streamed text with the final one, and adds what is missing. */
export function createTextReader({ startsInside, ...think }: ThinkOptions) {
  const streamed = new Map<string, StreamedText>();
  let currentKey: string | undefined;
  let hasContent = false;
  /** Latest block of text in the current message. */
  let block = '';
  let lastEvent = '';
  let lastSequence = -1;
  let isDisordered = false;

  function open(place: TextPlace): StreamedText {
    const { key } = place;
    const id = toPartId(place);
    // Reasoning is before the first text.
    const options = { ...think, startsInside: startsInside === true && streamed.size === 0 };
    const known = streamed.get(id) ?? {
      key,
      text: '',
      filter: createThinkFilter(options),
      start: undefined,
    };
    streamed.set(id, known);
    return known;
  }

  function* emit(
    known: Pick<StreamedText, 'key' | 'start'>,
    events: readonly ModelEvent[],
  ): Events {
    const { key } = known;
    for (const event of events) {
      if (event.type !== 'reasoning') {
        if (currentKey !== key) block = '';
        if (currentKey !== undefined && currentKey !== key) yield { type: 'message' };
        currentKey = key;
        hasContent = true;
      }
      if (event.type === 'text') {
        known.start ??= block.length;
        block += event.text;
      } else if (event.type === 'refusal') block = '';
      yield event;
    }
  }

  function* add(place: TextPlace, text: string): Events {
    if (text === '') return;
    const known = open(place);
    known.text += text;
    yield* emit(
      known,
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
      for (const known of streamed.values()) yield* emit(known, known.filter.flush(isWhole));
    },
    /** Returns the text of a part of the current message. Undefined for other messages, and for a part without text. */
    getText(place: TextPlace): PartText | undefined {
      const known = streamed.get(toPartId(place));
      if (known?.start === undefined || currentKey !== place.key || block === '') return undefined;
      const { text: raw, start } = known;
      return { raw, shown: block, start, toUtf16Index: createUtf16Index(raw) };
    },
    hasContent: () => hasContent,
  };
}

function toPartId({ key, part, type }: TextPlace): string {
  return `${key} ${part} ${type}`;
}

/** Returns a function that converts an index in code points to one in UTF-16 units. */
function createUtf16Index(text: string): (index: number) => number {
  let offsets: number[] | undefined;
  return (index) => {
    if (offsets === undefined) {
      offsets = [];
      let offset = 0;
      for (const character of text) {
        offsets.push(offset);
        offset += character.length;
      }
    }
    return offsets[index] ?? text.length;
  };
}

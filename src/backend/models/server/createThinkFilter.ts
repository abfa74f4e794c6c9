import type { ModelEvent } from '../Model.js';

type WrittenEvent = ModelEvent & { type: 'text' | 'reasoning' };

/** Filter that separates the reasoning of a model from the text of its answer. */
export interface ThinkFilter {
  /** Adds a piece of text and returns the events to emit. */
  add(text: string): WrittenEvent[];
  /** Returns the events for the text that was held back. Call it at the end of the answer. */
  flush(): WrittenEvent[];
}

const TAGS: readonly (readonly [open: string, close: string])[] = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<thought>', '</thought>'],
  ['<reasoning>', '</reasoning>'],
  ['<seed:think>', '</seed:think>'],
  ['<|begin_of_thought|>', '<|end_of_thought|>'],
  ['◁think▷', '◁/think▷'],
  ['[think]', '[/think]'],
  ['<antthinking>', '</antthinking>'],
  // The format of a model whose template the server does not apply.
  ['<|channel|>analysis<|message|>', '<|end|>'],
];

/** Marks before the text, which follow the reasoning. */
const TEXT_STARTS = [
  '<|start|>assistant<|channel|>final<|message|>',
  '<|channel|>final<|message|>',
];

/**
 * Creates a filter for answers that start with reasoning between tags. A tag may be split over pieces. Tags after the start of
 * the text are part of the text. Also holds back white space at the start of an answer until other text follows: some models
 * send an empty line before a tool call, which must not become a message.
 */
export function createThinkFilter(): ThinkFilter {
  let state: 'start' | 'inside' | 'text' = 'start';
  let pending = '';
  let closingTag = '';
  let hasReasoned = false;

  function readStart(): WrittenEvent[] {
    const trimmed = pending.trimStart();
    const mark = TEXT_STARTS.find((start) => trimmed.startsWith(start)) ?? '';
    const text = trimmed.slice(mark.length);
    const lowerText = toLowerLetters(text);
    const tags = TAGS.find(([open]) => lowerText.startsWith(open));
    if (tags !== undefined) {
      [, closingTag] = tags;
      pending = text.slice(tags[0].length);
      state = 'inside';
      return readInside();
    }
    const starts = [...TAGS.map(([open]) => open), ...TEXT_STARTS];
    if (starts.some((start) => start.startsWith(lowerText))) return [];
    const orphan = TAGS.find(([open, close]) => hasOnlyEnd(lowerText, open, close));
    if (orphan !== undefined && !hasReasoned) {
      // The template of the model has written the opening tag, so the answer starts inside.
      [, closingTag] = orphan;
      return readInside();
    }
    state = 'text';
    return takePending('text', hasReasoned || mark !== '' ? text : pending);
  }

  function readInside(): WrittenEvent[] {
    const lowerText = toLowerLetters(pending);
    const end = lowerText.indexOf(closingTag);
    if (end === -1) {
      const keptLength = getOverlap(lowerText, closingTag);
      const text = pending.slice(0, pending.length - keptLength);
      pending = pending.slice(pending.length - keptLength);
      return text === '' ? [] : [{ type: 'reasoning', text }];
    }
    const text = pending.slice(0, end);
    pending = pending.slice(end + closingTag.length);
    state = 'start';
    hasReasoned = true;
    const events: WrittenEvent[] = text.trim() === '' ? [] : [{ type: 'reasoning', text }];
    return [...events, ...readStart()];
  }

  function takePending(type: 'text' | 'reasoning', text: string): WrittenEvent[] {
    pending = '';
    return text === '' ? [] : [{ type, text }];
  }

  return {
    add(text) {
      if (state === 'text') return text === '' ? [] : [{ type: 'text', text }];
      pending += text;
      return state === 'start' ? readStart() : readInside();
    },
    flush() {
      if (state === 'inside') return takePending('reasoning', pending);
      return pending.trim() === '' ? [] : takePending('text', pending);
    },
  };
}

/** Returns a text of the same length with small Latin letters. `toLowerCase` makes two characters of a Turkish İ. */
function toLowerLetters(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Returns true for a text with a closing tag on a line of its own, and without an opening one. */
function hasOnlyEnd(text: string, open: string, close: string): boolean {
  return !text.includes(open) && text.split('\n').some((line) => line.trim() === close);
}

/** Returns the length of the longest end of a text that is the beginning of a tag. */
function getOverlap(text: string, tag: string): number {
  for (let length = Math.min(text.length, tag.length - 1); length > 0; length--)
    if (text.endsWith(tag.slice(0, length))) return length;
  return 0;
}

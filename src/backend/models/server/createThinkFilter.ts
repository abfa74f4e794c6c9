import { createThinkReader, type ThinkReader, type WrittenEvent } from './createThinkReader.js';
import { findStartTag, hasOnlyEnd, USUAL_TAG } from './thinkTags.js';
import { toLowerLetters } from './toLowerLetters.js';

/** Filter that separates the reasoning of a model from the text of its answer. */
export interface ThinkFilter {
  /** Adds a piece of text and returns the events to emit. */
  add(text: string): WrittenEvent[];
  /** Call it when the server sends reasoning in a field of its own. */
  skipReasoning(): void;
  /**
   * Returns the events for the text that was held back. Call it at the end of the answer.
   *
   * @param isWhole True if the answer is complete and has no calls, so that it should have a text.
   */
  flush(isWhole: boolean): WrittenEvent[];
}

/** Options of filters. */
export interface ThinkOptions {
  /** True if the template of the model has written the opening tag, so that answers start inside of the reasoning. */
  startsInside?: boolean;
  /** Called if an answer has a closing tag only. */
  onLostStart?: () => void;
}

/**
 * Creates a filter for answers that start with reasoning between tags. A tag may be split over pieces. Tags after the start of
 * the text are part of the text. Also holds back white space at the start of an answer until other text follows: some models
 * send an empty line before a tool call, which must not become a message.
 */
export function createThinkFilter(options: ThinkOptions = {}): ThinkFilter {
  const { startsInside = false, onLostStart = () => undefined } = options;
  let reader: ThinkReader | undefined = startsInside
    ? createThinkReader(USUAL_TAG, true)
    : undefined;
  let isText = false;
  let pending = '';
  let hasReasoned = false;
  const watchEnd = createEndWatcher(onLostStart);

  function readStart(): WrittenEvent[] {
    const text = pending.trimStart();
    const found = findStartTag(toLowerLetters(text));
    switch (found.kind) {
      case 'open':
        reader = createThinkReader(found.tag, false);
        return readInside(reader, text.slice(found.length));
      case 'close':
        hasReasoned = true;
        pending = text.slice(found.length);
        return readStart();
      case 'text':
        hasReasoned = true;
        return takeText(text.slice(found.length));
      case 'partial':
        return [];
      case 'none':
    }
    if (!hasReasoned && hasOnlyEnd(toLowerLetters(text.trimEnd()))) {
      onLostStart();
      reader = createThinkReader(USUAL_TAG, true);
      return readInside(reader, text);
    }
    return takeText(hasReasoned ? text : pending);
  }

  function readInside(current: ThinkReader, text: string): WrittenEvent[] {
    const { events, rest } = current.add(text);
    pending = rest ?? '';
    if (rest === undefined) return events;
    reader = undefined;
    hasReasoned = true;
    return [...events, ...readStart()];
  }

  function takeText(text: string): WrittenEvent[] {
    isText = true;
    pending = '';
    return writeText(text);
  }

  function writeText(text: string): WrittenEvent[] {
    if (text === '') return [];
    if (!hasReasoned) watchEnd(text);
    return [{ type: 'text', text }];
  }

  return {
    add(text) {
      if (isText) return writeText(text);
      if (reader !== undefined) return readInside(reader, text);
      pending += text;
      return readStart();
    },
    skipReasoning() {
      if (reader?.isUncertain() === true) reader = undefined;
    },
    flush(isWhole) {
      if (reader !== undefined) return reader.flush(isWhole);
      return pending.trim() === '' ? [] : [{ type: 'text', text: pending }];
    },
  };
}

/** Length of the recent text that decides if a closing tag is part of the text. */
const RECENT_LENGTH = 40;

/** Returns a function that reads text, and calls back at a closing tag that cannot be part of it. */
function createEndWatcher(onLostStart: () => void): (text: string) => void {
  let recent = '';
  let isDone = false;
  return (text) => {
    if (isDone) return;
    recent += toLowerLetters(text);
    const hasEnd = hasOnlyEnd(recent);
    if (hasEnd) onLostStart();
    isDone = hasEnd || recent.includes('<think');
    recent = recent.slice(-RECENT_LENGTH);
  };
}

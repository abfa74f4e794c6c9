import type { ModelEvent } from '../Model.js';
import { findInnerTag, getTagOverlap, type ThinkTag } from './thinkTags.js';
import { toLowerLetters } from './toLowerLetters.js';

export type WrittenEvent = ModelEvent & { type: 'text' | 'reasoning' };

/** Reader for reasoning between tags. */
export interface ThinkReader {
  /** True if nothing was read and the opening tag was not part of the answer. */
  isUncertain(): boolean;
  /** Adds a piece. Returns the events to emit, and what follows the reasoning once it has ended. */
  add(piece: string): { events: WrittenEvent[]; rest?: string };
  /** Returns the events for reasoning that has not ended. See `ThinkFilter.flush`. */
  flush(isWhole: boolean): WrittenEvent[];
}

/**
 * Creates a reader for reasoning up to its closing tag. Tags may be nested. Reasoning may also only mention an opening
 * tag, so what follows the first closing tag is held back until the others are closed.
 *
 * @param isAssumed True if the opening tag was not part of the answer.
 */
export function createThinkReader(tag: ThinkTag, isAssumed: boolean): ThinkReader {
  let pending = '';
  let depth = 1;
  /** White space before the first text. */
  let blank = '';
  let hasText = false;
  /** Text after the first closing tag. */
  let held: string | undefined;
  let heldTag = '';
  /** All text of assumed reasoning. */
  let all = '';

  function write(text: string): WrittenEvent[] {
    if (isAssumed) all += text;
    if (held !== undefined) {
      held += text;
      return [];
    }
    if (!hasText && text.trim() === '') {
      blank += text;
      return [];
    }
    const written = hasText ? text : blank + text;
    hasText = true;
    return written === '' ? [] : [{ type: 'reasoning', text: written }];
  }

  /** Counts a tag. An opening tag at the start repeats the one before. */
  function addTag(token: string, text: string): WrittenEvent[] {
    const isOpening = token === tag.open;
    if (isOpening && !hasText) return [];
    depth += isOpening ? 1 : -1;
    if (depth === 0) return held === undefined ? [] : [{ type: 'reasoning', text: heldTag + held }];
    if (isOpening || held !== undefined) return write(text);
    held = '';
    heldTag = text;
    return [];
  }

  return {
    isUncertain: () => isAssumed && all === '' && pending === '',
    add(piece) {
      pending += piece;
      const events: WrittenEvent[] = [];
      while (depth > 0) {
        const lowerText = toLowerLetters(pending);
        const found = findInnerTag(lowerText, tag);
        const end = found?.index ?? pending.length - getTagOverlap(lowerText, tag);
        events.push(...write(pending.slice(0, end)));
        pending = pending.slice(end);
        if (found === undefined) return { events };
        const { length } = found.token;
        events.push(...addTag(found.token, pending.slice(0, length)));
        pending = pending.slice(length);
      }
      return { events, rest: pending };
    },
    flush(isWhole) {
      const rest = (held ?? '') + pending;
      // Without an end, what may be the answer must not be lost.
      const isAnswer = isWhole && (held !== undefined || isAssumed);
      if (!isAnswer) return rest === '' ? [] : [{ type: 'reasoning', text: rest }];
      const text = held === undefined ? all + pending : rest;
      return text.trim() === '' ? [] : [{ type: 'text', text: text.trimStart() }];
    },
  };
}

import type { AssistantStreamEvent } from '../../../protocol/types.js';
import { continuesText, getDeltaText, withDeltaText } from './deltaText.js';

/** An event of a run with its position in the log. */
export interface LoggedEvent {
  /** Sequence number: 1 for the first event of a run, then one more for each event. It is the `id` of the frame. */
  sequence: number;
  event: AssistantStreamEvent;
}

/** An event, or consecutive deltas of one text. Only their texts are kept, because whole events take fifty times the memory. */
export class EventRecord {
  readonly #event: AssistantStreamEvent;
  /** Second delta, which has the form of all further ones. */
  #template: AssistantStreamEvent;
  #newest: AssistantStreamEvent;
  /** Text of each delta, or an empty text for another event. */
  readonly #texts: string[];

  constructor(
    readonly first: number,
    event: AssistantStreamEvent,
  ) {
    this.#event = event;
    this.#template = event;
    this.#newest = event;
    this.#texts = [getDeltaText(event) ?? ''];
  }

  /** Adds an event, unless it does not continue the text. */
  append(event: AssistantStreamEvent): boolean {
    if (!continuesText(this.#event, event)) return false;
    if (this.#texts.length === 1) this.#template = event;
    this.#newest = event;
    this.#texts.push(getDeltaText(event) ?? '');
    return true;
  }

  /** Returns the deltas from `sequence` to `until` as one. */
  slice(sequence: number, until: number): LoggedEvent | undefined {
    const start = sequence - this.first;
    const end = Math.min(until - this.first + 1, this.#texts.length);
    if (start >= end) return undefined;
    return { sequence: this.first + end - 1, event: this.#merge(start, end) };
  }

  #merge(start: number, end: number): AssistantStreamEvent {
    if (end === 1) return this.#event;
    // Most readers are at the end.
    if (start === this.#texts.length - 1) return this.#newest;
    const form = start === 0 ? this.#event : this.#template;
    return withDeltaText(form, this.#texts.slice(start, end).join(''));
  }
}

import type { AssistantStreamEvent } from '../../../protocol/types.js';
import { getDeltaText, mergeEvents, withDeltaText } from './mergeEvents.js';

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
  #template: AssistantStreamEvent | undefined;
  /** Text of each delta. */
  readonly #texts: string[] = [];

  constructor(
    readonly first: number,
    event: AssistantStreamEvent,
  ) {
    this.#event = event;
  }

  /** Adds an event, unless it does not continue the text. */
  append(event: AssistantStreamEvent): boolean {
    const text = getDeltaText(event);
    if (text === undefined || mergeEvents(this.#event, event) === undefined) return false;
    if (this.#template === undefined) this.#texts.push(getDeltaText(this.#event) ?? '');
    this.#template ??= event;
    this.#texts.push(text);
    return true;
  }

  /** Returns the deltas from `sequence` to `until` as one. */
  slice(sequence: number, until: number): LoggedEvent | undefined {
    const start = sequence - this.first;
    const template = this.#template;
    if (template === undefined) return start === 0 ? { sequence, event: this.#event } : undefined;
    const end = Math.min(until - this.first + 1, this.#texts.length);
    if (start >= end) return undefined;
    const last = this.first + end - 1;
    if (start > 0)
      return {
        sequence: last,
        event: withDeltaText(template, this.#texts.slice(start, end).join('')),
      };
    const rest = withDeltaText(template, this.#texts.slice(1, end).join(''));
    const event = end === 1 ? this.#event : mergeEvents(this.#event, rest);
    return { sequence: last, event: event ?? this.#event };
  }
}

import type { AssistantStreamEvent } from '../../../protocol/types.js';
import { continuesText, getDeltaText, withDeltaText } from './deltaText.js';

/** An event, and the texts of further deltas that differ from it in their text only. */
type Entry = [event: AssistantStreamEvent, ...texts: string[]];

/** Returns events as text. Takes little more space than their texts, because whole deltas take fifty times as much. */
export function encodeEvents(events: readonly AssistantStreamEvent[]): string {
  const entries: Entry[] = [];
  let template: string | undefined;
  for (const event of events) {
    const last = entries.at(-1);
    const text = getDeltaText(event);
    const form = text === undefined ? undefined : JSON.stringify(withDeltaText(event, ''));
    if (
      last !== undefined &&
      text !== undefined &&
      form === template &&
      continuesText(last[0], event)
    )
      last.push(text);
    else entries.push([event]);
    template = form;
  }
  return JSON.stringify(entries);
}

/** Returns the events of `encodeEvents`. */
export function decodeEvents(text: string): AssistantStreamEvent[] {
  // Only encodeEvents writes this text.
  const entries = JSON.parse(text) as Entry[];
  return entries.flatMap(([event, ...texts]) => [
    event,
    ...texts.map((value) => withDeltaText(event, value)),
  ]);
}

import { isSettled } from '../../../protocol/runStatus.js';
import type { AssistantStreamEvent } from '../../../protocol/types.js';

/** Returns true if a stream of a run ends with this event. */
export function isSegmentEnd(event: AssistantStreamEvent): boolean {
  return event.event === 'error' || event.event === 'thread.run.requires_action' || isRunEnd(event);
}

/** Returns true if a run ends with this event. */
export function isRunEnd({ event }: AssistantStreamEvent): boolean {
  return event.startsWith('thread.run.') && isSettled(event.slice('thread.run.'.length));
}

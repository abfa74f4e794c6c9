import { mergeMessageDelta, mergeStepDelta } from '../../protocol/delta.js';
import type { AssistantStreamEvent } from '../../protocol/types.js';
import type { Collections } from '../stores/Store.js';
import type { EventLog } from './eventLog/createEventLog.js';
import type { OverlayStore } from './overlayStore.js';

/**
 * Shows the text and the calls that another process has written for a run, as far as the log has them. Without it, a run that
 * is ended by this process would lose the text of its last message.
 */
export async function restoreGrowth(
  store: OverlayStore,
  log: EventLog,
  run: Collections['runs'],
): Promise<void> {
  const reader = log.read(run.id, 0);
  if (reader === undefined) return;
  const messages = new Map<string, Collections['messages']>();
  const steps = new Map<string, Collections['steps']>();
  for (let logged = reader.take(); logged !== undefined; logged = reader.take())
    await applyEvent(store, logged.event, messages, steps);
  await reader.return?.();
  for (const [id, { content }] of messages) store.grow(id, { content });
  for (const [id, { step_details }] of steps) store.grow(id, { step_details });
}

/** Applies the deltas of objects that are not complete. */
async function applyEvent(
  store: OverlayStore,
  { event, data }: AssistantStreamEvent,
  messages: Map<string, Collections['messages']>,
  steps: Map<string, Collections['steps']>,
): Promise<void> {
  switch (event) {
    case 'thread.message.delta': {
      const message = messages.get(data.id) ?? (await store.get('messages', data.id));
      const grown =
        message?.status === 'in_progress' ? mergeMessageDelta(message, data) : undefined;
      if (message !== undefined && grown !== undefined)
        messages.set(data.id, { ...message, content: grown.content });
      break;
    }
    case 'thread.run.step.delta': {
      const step = steps.get(data.id) ?? (await store.get('steps', data.id));
      const grown = step?.status === 'in_progress' ? mergeStepDelta(step, data) : undefined;
      if (grown !== undefined) steps.set(data.id, grown);
      break;
    }
    default:
      // Whole objects are in the store.
      break;
  }
}

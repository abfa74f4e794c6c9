import type { AssistantStreamEvent, Message, Run, RunStep, Usage } from '../../protocol/types.js';
import type { Change, Collections } from '../stores/Store.js';
import type { OverlayStore } from './overlayStore.js';
import { settleMessage, settleStep, type RunOutcome } from './settleObjects.js';

/** Changes that are stored together, and the events that are published afterwards, in order. */
export interface Batch {
  changes: Change[];
  events: AssistantStreamEvent[];
  /** Ids of objects that are complete, so that the overlay drops them. */
  settledIds?: string[];
}

/** Creates a batch that stores a run and publishes its status. */
export function createRunBatch(run: Collections['runs']): Batch {
  return { changes: [{ type: 'put', collection: 'runs', object: run }], events: [runEvent(run)] };
}

/** Creates a batch that settles the open step of a run and its message. */
export async function createStepEndBatch(
  store: OverlayStore,
  step: Collections['steps'],
  outcome: RunOutcome,
  nowSeconds: number,
  usage: Usage | null,
): Promise<Batch> {
  const ended = settleStep(step, outcome, nowSeconds, usage);
  const batch: Batch = { changes: [], events: [], settledIds: [step.id] };
  if (step.step_details.type === 'message_creation') {
    const id = step.step_details.message_creation.message_id;
    batch.settledIds?.push(id);
    const message = await store.get('messages', id);
    // The message may have been deleted while it was written. It must not be restored.
    if (message !== undefined) {
      const settled = settleMessage(message, outcome, nowSeconds);
      const shown = step.reasoning && {
        reasoning: { step_id: step.id, duration_ms: step.reasoning.duration_ms },
      };
      const done = { ...settled, ...shown };
      batch.changes.push({ type: 'put', collection: 'messages', object: done });
      batch.events.push(messageEvent(done));
    }
  }
  batch.changes.push({ type: 'put', collection: 'steps', object: ended });
  batch.events.push(stepEvent(ended));
  return batch;
}

/** Finds the open step of a run. Only the newest can be open, because steps never overlap. */
export async function findOpenStep(
  store: OverlayStore,
  runId: string,
): Promise<Collections['steps'] | undefined> {
  const page = await store.list('steps', { parent: runId, order: 'desc', limit: 1 });
  return page?.data.find((step) => step.status === 'in_progress');
}

function runEvent(run: Run): AssistantStreamEvent {
  return { event: `thread.run.${run.status}`, data: run };
}

function stepEvent(step: RunStep): AssistantStreamEvent {
  return { event: `thread.run.step.${step.status}`, data: step };
}

function messageEvent(message: Message): AssistantStreamEvent {
  return { event: `thread.message.${message.status}`, data: message };
}

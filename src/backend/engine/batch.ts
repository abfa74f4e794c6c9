import type { AssistantStreamEvent, Message, Run, RunStep, Usage } from '../../protocol/types.js';
import type { Change, Collections } from '../stores/Store.js';
import type { OverlayStore } from './overlayStore.js';
import { settleMessage, settleRun, settleStep, type Outcome } from './outcome.js';

/** Changes that are stored together, and the events that tell of them, in their order. */
export interface Batch {
  changes: Change[];
  events: AssistantStreamEvent[];
  /** Ids of what has stopped growing. */
  grown?: string[];
}

/** A run with a new status, kept in `changes` and told. */
export function runBatch(run: Collections['runs']): Batch {
  return { changes: [{ type: 'put', collection: 'runs', object: run }], events: [runEvent(run)] };
}

/** Ends the step that a run has open, its message with it. `now` in seconds. */
export async function endStepBatch(
  store: OverlayStore,
  step: RunStep,
  outcome: Outcome,
  now: number,
  usage: Usage | null,
): Promise<Batch> {
  const ended = settleStep(step, outcome, now, usage);
  const batch: Batch = { changes: [], events: [], grown: [step.id] };
  if (step.step_details.type === 'message_creation') {
    const id = step.step_details.message_creation.message_id;
    batch.grown?.push(id);
    const message = await store.get('messages', id);
    // A message may be deleted while it is written; it is not brought back.
    if (message !== undefined) {
      const done = settleMessage(message, outcome, now);
      batch.changes.push({ type: 'put', collection: 'messages', object: done });
      batch.events.push(messageEvent(done));
    }
  }
  batch.changes.push({ type: 'put', collection: 'steps', object: ended });
  batch.events.push(stepEvent(ended));
  return batch;
}

/** Ends a run, with the step and the message it has open. `now` in seconds. */
export async function endRunBatch(
  store: OverlayStore,
  run: Collections['runs'],
  outcome: Outcome,
  now: number,
  usage: { run: Usage | null; step: Usage | null },
): Promise<Batch> {
  const step = await openStep(store, run.id);
  const batch = step
    ? await endStepBatch(store, step, outcome, now, usage.step)
    : { changes: [], events: [], grown: [] };
  const end = runBatch(settleRun(run, outcome, now, usage.run));
  return {
    changes: [...batch.changes, ...end.changes],
    events: [...batch.events, ...end.events],
    grown: batch.grown ?? [],
  };
}

/** The step that a run has not ended: its newest, since steps follow one another. */
export async function openStep(store: OverlayStore, runId: string): Promise<RunStep | undefined> {
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

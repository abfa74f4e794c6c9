import { toUnixSeconds } from '../../common/toUnixSeconds.js';
import type { Change, Collections } from '../stores/Store.js';
import { type Batch, createRunBatch, createStepEndBatch, findOpenStep } from './batches.js';
import { endReasoning } from './createReasoningWriter.js';
import { createReasoningStep, createStepEvents } from './objectFactories.js';
import type { OverlayStore } from './overlayStore.js';
import type { LiveMemory } from './RunMemory.js';
import { settleRun, type RunOutcome } from './settleObjects.js';

/** Creates a batch that settles a run, its open step and its message. Reasoning that led to no step gets one. */
export async function createRunEndBatch(
  store: OverlayStore,
  run: Collections['runs'],
  outcome: RunOutcome,
  { nowMs, memory }: { nowMs: number; memory: Partial<LiveMemory> },
): Promise<Batch> {
  const nowSeconds = toUnixSeconds(nowMs);
  const { usage = null, stepUsage = null } = memory;
  const open = await findOpenStep(store, run.id);
  const durationMs = endReasoning(memory, nowMs);
  const pending = open ? undefined : createReasoningStep(run, memory, nowSeconds);
  const step = withReasoningDuration(open ?? pending, durationMs);
  const batch = step
    ? await createStepEndBatch(store, step, outcome, nowSeconds, stepUsage)
    : { changes: [], events: [], settledIds: [] };
  const end = createRunBatch(settleRun(run, outcome, nowSeconds, usage));
  return {
    changes: [
      ...batch.changes.map((change) => withParent(change, pending, run.id)),
      ...end.changes,
    ],
    events: [...(pending && step ? createStepEvents(step) : []), ...batch.events, ...end.events],
    settledIds: batch.settledIds ?? [],
  };
}

/** Returns the change that stores a new step as one that adds it to the list of its run. Other changes stay. */
function withParent(
  change: Change,
  newStep: Collections['steps'] | undefined,
  runId: string,
): Change {
  if (change.type !== 'put' || change.collection !== 'steps') return change;
  return change.object.id === newStep?.id ? { ...change, parent: runId } : change;
}

/** Returns a step whose model does not reason any more. */
function withReasoningDuration(
  step: Collections['steps'] | undefined,
  durationMs: number | undefined,
): Collections['steps'] | undefined {
  if (!step?.reasoning || durationMs === undefined) return step;
  return { ...step, reasoning: { ...step.reasoning, duration_ms: durationMs } };
}

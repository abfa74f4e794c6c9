import type { RunStep } from '../../protocol/types.js';
import type { Collections } from '../stores/Store.js';
import { type Batch, createRunBatch, findOpenStep } from './batches.js';
import type { Job } from './createJobs.js';
import type { OverlayStore } from './overlayStore.js';
import { settleStep } from './settleObjects.js';

/** Creates the batch that completes the function calls of a run with their outputs and queues the run. `now` is in seconds. */
export async function createOutputsBatch(
  store: OverlayStore,
  queued: Collections['runs'],
  outputs: ReadonlyMap<string, string>,
  job: Job,
  now: number,
): Promise<Batch> {
  const batch = createRunBatch(queued);
  const step = await findOpenStep(store, queued.id);
  const answered = step && withOutputs(step, outputs);
  if (!answered) return batch;
  const done = settleStep(answered, { status: 'completed' }, now, job.stepUsage);
  job.stepUsage = null;
  return {
    changes: [{ type: 'put', collection: 'steps', object: done }, ...batch.changes],
    events: [{ event: 'thread.run.step.completed', data: done }, ...batch.events],
  };
}

/** Returns a step of function calls with their outputs, or undefined for another step. */
function withOutputs(step: RunStep, outputs: ReadonlyMap<string, string>): RunStep | undefined {
  const { step_details: details } = step;
  if (details.type !== 'tool_calls') return undefined;
  const tool_calls = details.tool_calls.map((call) =>
    call.type === 'function'
      ? { ...call, function: { ...call.function, output: outputs.get(call.id) ?? null } }
      : call,
  );
  return { ...step, step_details: { type: 'tool_calls', tool_calls } };
}

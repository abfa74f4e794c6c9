import type { AssistantStreamEvent, RunStep } from '../../protocol/types.js';
import type { ModelEvent } from '../models/Model.js';
import type { Collections } from '../stores/Store.js';
import type { RunContext } from './RunContext.js';
import type { LiveMemory } from './RunMemory.js';
import type { Batch } from './batches.js';

/** Returns the events of a new step. */
export function createStepEvents(step: RunStep): AssistantStreamEvent[] {
  return [
    { event: 'thread.run.step.created', data: step },
    { event: 'thread.run.step.in_progress', data: step },
  ];
}

interface StepContext extends Pick<RunContext, 'run' | 'generateId' | 'seconds'> {
  memory: Pick<LiveMemory, 'turn' | 'pendingData' | 'pendingReasoning'>;
}

/** Creates a step of a run, with the data and the reasoning of its model that wait for a step. Does not store it. */
export function createStep(
  { run, generateId, seconds, memory }: StepContext,
  details: RunStep['step_details'],
  metadata: Record<string, string> = {},
): Collections['steps'] {
  const { turn, pendingData: data, pendingReasoning: pending } = memory;
  memory.pendingData = undefined;
  memory.pendingReasoning = undefined;
  return {
    id: pending?.stepId ?? generateId('step_'),
    object: 'thread.run.step',
    created_at: seconds(),
    assistant_id: run.assistant_id,
    thread_id: run.thread_id,
    run_id: run.id,
    type: details.type,
    status: 'in_progress',
    step_details: details,
    last_error: null,
    expired_at: null,
    cancelled_at: null,
    failed_at: null,
    completed_at: null,
    metadata,
    usage: null,
    ...(pending === undefined ? {} : { reasoning: pending.reasoning }),
    provider: { turn, ...(data === undefined ? {} : { data }) },
  };
}

/** Creates the step of reasoning that led to nothing, because its run ends. It has no calls. Undefined without such reasoning. */
export function createReasoningStep(
  run: Collections['runs'],
  memory: Partial<LiveMemory>,
  nowSeconds: number,
): Collections['steps'] | undefined {
  const { pendingReasoning: pending, pendingData, turn = 0 } = memory;
  if (pending === undefined) return undefined;
  const generateId = () => pending.stepId;
  const context = {
    run,
    generateId,
    seconds: () => nowSeconds,
    memory: { turn, pendingData, pendingReasoning: pending },
  };
  return createStep(context, { type: 'tool_calls', tool_calls: [] });
}

/** Creates the message that a run starts to write. Does not store it. */
export function createMessage({ run, generateId, seconds }: RunContext): Collections['messages'] {
  return {
    id: generateId('msg_'),
    object: 'thread.message',
    created_at: seconds(),
    thread_id: run.thread_id,
    status: 'in_progress',
    incomplete_details: null,
    completed_at: null,
    incomplete_at: null,
    role: 'assistant',
    content: [],
    assistant_id: run.assistant_id,
    run_id: run.id,
    file_ids: [],
    attachments: [],
    metadata: {},
  };
}

/** Creates the changes that store a file that the model has created. It belongs to the user of the thread. */
export async function createFileBatch(
  { run, store, seconds }: RunContext,
  { id, filename, bytes }: ModelEvent & { type: 'file' },
): Promise<Batch> {
  const owner = (await store.getParent('threads', run.thread_id)) ?? undefined;
  return {
    changes: [
      {
        type: 'put',
        collection: 'files',
        object: {
          id,
          object: 'file',
          bytes: bytes.byteLength,
          created_at: seconds(),
          filename,
          purpose: 'assistants_output',
          status: 'processed',
        },
        ...(owner === undefined ? {} : { parent: owner }),
      },
      { type: 'putContent', fileId: id, bytes },
    ],
    events: [],
  };
}

import type { AssistantStreamEvent, RunStep } from '../../protocol/types.js';
import type { ModelEvent } from '../models/model.js';
import type { Collections } from '../stores/Store.js';
import type { Work } from './work.js';
import type { Batch } from './batch.js';

/** The events that tell of a new step. */
export function stepOpened(step: RunStep): AssistantStreamEvent[] {
  return [
    { event: 'thread.run.step.created', data: step },
    { event: 'thread.run.step.in_progress', data: step },
  ];
}

/** A step of a run, not yet stored. */
export function newStep(
  { run, id, seconds }: Work,
  details: RunStep['step_details'],
  metadata: Record<string, string> = {},
): RunStep {
  return {
    id: id('step_'),
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
  };
}

/** The message that a run begins to write, not yet stored. */
export function newMessage({ run, id, seconds }: Work): Collections['messages'] {
  return {
    id: id('msg_'),
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

/** A file that a model has made. */
export function newFile(
  { seconds }: Work,
  { id, filename, bytes }: ModelEvent & { type: 'file' },
): Batch {
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
      },
      { type: 'putContent', fileId: id, bytes },
    ],
    events: [],
  };
}

import type { FieldShapes } from './Shape.js';

const base = { id: 'id', object: 'text', created_at: 'time', 'metadata|': 'map' } as const;
const execution = {
  ...base,
  thread_id: 'text',
  assistant_id: 'text',
  'last_error|': 'none',
  'cancelled_at|': 'time',
  'failed_at|': 'time',
  'completed_at|': 'time',
  'usage|': { completion_tokens: 'number', prompt_tokens: 'number', total_tokens: 'number' },
} as const;

/**
 * Shapes of the objects of a plain conversation: messages with text only, and runs that call no functions and show no reasoning.
 * Objects that do not match are not wrong. They are checked against the complete shapes, which are loaded on demand.
 */
export const plainShapes = {
  thread: base,
  message: {
    ...base,
    thread_id: 'text',
    'assistant_id|': 'text',
    'run_id|': 'text',
    role: 'text',
    status: 'text',
    'incomplete_details|': 'none',
    content: [{ type: '=text', text: { value: 'text', annotations: ['none'] } }],
    'attachments?': ['none'],
    'file_ids?': ['none'],
    'reasoning?': 'none',
  },
  messageDelta: {
    id: 'id',
    delta: {
      'content?': [
        { index: 'number', type: '=text', text: { 'value?': 'text', 'annotations?': ['none'] } },
      ],
    },
  },
  run: {
    ...execution,
    // An object without a status is not a run.
    status: 'id',
    model: 'text',
    'instructions|': 'text',
    tools: ['none'],
    'required_action|': 'none',
    'incomplete_details|': 'none',
    'started_at|': 'time',
    'expires_at|': 'time',
  },
  step: {
    ...execution,
    status: 'text',
    run_id: 'text',
    type: 'text',
    step_details: { type: 'text', message_creation: { message_id: 'text' } },
    'expired_at|': 'time',
    'reasoning?': 'none',
  },
} as const satisfies Record<string, FieldShapes>;

/**
 * Type of a field:
 * - 'text': a string.
 * - 'id': a string that is not empty. An object without it cannot be repaired.
 * - 'number': a finite number.
 * - 'time': whole seconds since 1970.
 * - 'map': an object with strings as values.
 * - 'none': no value, so that the field is null or missing.
 * - '=text': the string 'text'.
 */
export type ScalarShape = 'text' | 'id' | 'number' | 'time' | 'map' | 'none' | '=text';

/** Fields of an object, by name. A name that ends with `|` may be null, and one that ends with `?` may also be missing. */
export interface FieldShapes {
  readonly [name: string]: Shape;
}

/** Shape of a value: a scalar, a list of one kind of entry, or an object. */
export type Shape = ScalarShape | readonly [Shape] | FieldShapes;

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
 * Shapes of the objects of a plain conversation: messages with text only, and runs that call no functions and show no reasoning. Objects that do not
 * match are not wrong. They are checked against the complete shapes, which are loaded on demand.
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

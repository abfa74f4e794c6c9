import { plainShapes } from './plainShapes.js';
import type { FieldShapes } from './Shape.js';

const { thread: base, message, run, step } = plainShapes;
const lastError = { 'last_error|': { code: 'text', message: 'text' } } as const;
const incompleteDetails = { 'incomplete_details|': { reason: 'text' } } as const;
const ids = ['text'] as const;
const file = { file_id: 'id' } as const;
const tools = [{ type: { function: { function: { name: 'text' } } } }] as const;

const annotation = { text: 'text', start_index: 'number', end_index: 'number' } as const;
const annotations = [
  {
    type: {
      file_citation: {
        ...annotation,
        file_citation: { ...file, 'quote?': 'text', 'file_name?': 'text' },
      },
      file_path: { ...annotation, file_path: file },
      url_citation: { ...annotation, url_citation: { url: 'text', 'title?': 'text' } },
    },
  },
] as const;
const contentTypes = {
  image_file: { image_file: file },
  image_url: { image_url: { url: 'text' } },
  refusal: { refusal: 'text' },
} as const;

const fileCounts = {
  in_progress: 'number',
  completed: 'number',
  failed: 'number',
  cancelled: 'number',
  total: 'number',
} as const;
const storeItem = {
  id: 'id',
  object: 'text',
  created_at: 'time',
  vector_store_id: 'text',
  status: 'text',
} as const;
const storeFile = { ...storeItem, usage_bytes: 'number', ...lastError } as const;
const content = [{ type: 'text', 'text?': 'text' }] as const;

const functionCall = { name: 'text', arguments: 'text' } as const;
const codeOutputs = [{ type: { logs: { logs: 'text' }, image: { image: file } } }] as const;
const fileSearch = {
  'results?': [
    { file_id: 'text', file_name: 'text', score: 'number', 'content?': [{ 'text?': 'text' }] },
  ],
} as const;
const webSearch = { 'query?': 'text', 'url?': 'text' } as const;

/**
 * Shapes of the objects and deltas of the API, by kind. They list the fields that this package reads; all other fields pass
 * unchanged.
 */
export const shapes = {
  assistant: {
    ...base,
    'name|': 'text',
    'description|': 'text',
    'instructions|': 'text',
    model: 'text',
    tools,
  },
  assistantFile: { id: 'id', object: 'text', created_at: 'time', assistant_id: 'text' },
  thread: base,
  message: {
    ...message,
    ...incompleteDetails,
    content: [{ type: { ...contentTypes, text: { text: { value: 'text', annotations } } } }],
    'attachments?': [file],
    'file_ids?': ids,
    'reasoning?': { step_id: 'text', 'duration_ms|': 'number' },
  },
  messageDelta: {
    id: 'id',
    delta: {
      'content?': [
        {
          index: 'number',
          type: {
            ...contentTypes,
            text: { text: { 'value?': 'text', 'annotations?': annotations } },
          },
        },
      ],
      'file_ids?': ids,
    },
  },
  messageFile: { id: 'id', object: 'text', created_at: 'time', message_id: 'text' },
  run: {
    ...run,
    ...lastError,
    ...incompleteDetails,
    tools,
    'required_action|': {
      type: {
        submit_tool_approval: {
          submit_tool_approval: {
            tool_calls: [{ id: 'id', type: 'text', ...functionCall, 'server_label?': 'text' }],
          },
        },
      },
      // Actions of other types have no function calls.
      submit_tool_outputs: { tool_calls: [{ id: 'id', function: functionCall }] },
    },
  },
  step: {
    ...step,
    ...lastError,
    'reasoning?': { text: 'text', 'duration_ms|': 'number' },
    step_details: {
      type: {
        message_creation: { message_creation: { message_id: 'text' } },
        tool_calls: {
          tool_calls: [
            {
              // Empty until the server has sent it.
              id: 'text',
              type: {
                function: { function: { ...functionCall, 'output|': 'text' } },
                code_interpreter: { code_interpreter: { input: 'text', outputs: codeOutputs } },
                file_search: { file_search: fileSearch },
                web_search: { web_search: webSearch },
              },
            },
          ],
        },
      },
    },
  },
  stepDelta: {
    id: 'id',
    delta: {
      'step_details?': {
        type: {
          message_creation: { message_creation: { message_id: 'text' } },
          tool_calls: {
            tool_calls: [
              {
                index: 'number',
                'id?': 'text',
                type: {
                  function: {
                    'function?': { 'name?': 'text', 'arguments?': 'text', 'output?': 'text' },
                  },
                  code_interpreter: {
                    'code_interpreter?': { 'input?': 'text', 'outputs?': codeOutputs },
                  },
                  file_search: { 'file_search?': fileSearch },
                  web_search: { 'web_search?': webSearch },
                },
              },
            ],
          },
        },
      },
    },
  },
  file: {
    id: 'id',
    object: 'text',
    created_at: 'time',
    bytes: 'number',
    filename: 'text',
    purpose: 'text',
  },
  store: {
    ...base,
    'name|': 'text',
    status: 'text',
    usage_bytes: 'number',
    file_counts: fileCounts,
    'expires_at|': 'time',
    'last_active_at|': 'time',
  },
  storeFile,
  batch: { ...storeItem, file_counts: fileCounts },
  batchFile: storeFile,
  usage: {
    id: 'id',
    object: 'text',
    created_at: 'time',
    date: 'text',
    runs: 'number',
    prompt_tokens: 'number',
    completion_tokens: 'number',
    total_tokens: 'number',
  },
  content: { object: 'text', data: content },
  results: {
    object: 'text',
    data: [{ file_id: 'text', filename: 'text', score: 'number', content }],
  },
} as const satisfies Record<string, FieldShapes>;

/** Kind of an object of the API. */
export type ObjectKind = keyof typeof shapes;

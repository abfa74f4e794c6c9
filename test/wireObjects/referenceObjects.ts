/**
 * Objects with exactly the fields of the examples in the two published descriptions of the API. The examples lack fields that the
 * schemas require, such as `status` of messages and `required_action` of runs, and contradict themselves in places: a queued run
 * has `completed_at`, a list ends with an id that it does not contain, and a message of version 2 has `file_ids`.
 */
export interface ReferenceObject {
  version: 'v1' | 'v2';
  operation: string;
  body: object;
}

/** Time at which all objects were created, in Unix seconds. */
export const TIME = 1_764_406_800;
const ids = { assistant_id: 'asst_bakery', thread_id: 'thread_order' };
const usage = { prompt_tokens: 21, completion_tokens: 34, total_tokens: 55 };
const sampling = { top_p: 1, temperature: 1, response_format: 'auto' };
const bookmark = { bookmarked: 'yes', shop: 'north' };

const toList = (data: { id: string }[], lastId = data.at(-1)?.id) => ({
  object: 'list',
  data,
  first_id: data[0]?.id,
  last_id: lastId,
  has_more: false,
});

const assistant = (id: string, more: object) => ({
  id,
  object: 'assistant',
  created_at: TIME,
  name: 'Baker',
  description: null,
  model: 'scripted',
  instructions: 'Answer questions about bread.',
  tools: [],
  metadata: {},
  ...more,
});

const assistantV1 = (id: string, more: object = {}) =>
  assistant(id, { file_ids: [], ...sampling, ...more });
const assistantV2 = (id: string, more: object) => assistant(id, { ...sampling, ...more });
const nameless = { name: null, instructions: null };
const retrieval = { tools: [{ type: 'retrieval' }], file_ids: ['file-rye', 'file-oven'] };
const interpreter = { tools: [{ type: 'code_interpreter' }] };

const thread = (more: object = {}) => ({
  id: ids.thread_id,
  object: 'thread',
  created_at: TIME,
  metadata: {},
  ...more,
});

const message = (id: string, more: object) => ({
  id,
  object: 'thread.message',
  created_at: TIME,
  assistant_id: null,
  thread_id: ids.thread_id,
  run_id: null,
  role: 'user',
  content: [{ type: 'text', text: { value: 'Which bread keeps longest?', annotations: [] } }],
  metadata: {},
  ...more,
});
const answer = { role: 'assistant', assistant_id: ids.assistant_id, run_id: 'run_bake' };
const messageV1 = (id: string, more: object = {}) => message(id, { file_ids: [], ...more });
const messageV2 = (id: string, more: object = {}) => message(id, { attachments: [], ...more });

const run = (id: string, more: object) => ({
  id,
  object: 'thread.run',
  created_at: TIME,
  ...ids,
  status: 'completed',
  started_at: TIME,
  expires_at: null,
  cancelled_at: null,
  failed_at: null,
  completed_at: TIME + 1,
  last_error: null,
  model: 'scripted',
  instructions: null,
  tools: interpreter.tools,
  metadata: {},
  usage,
  ...more,
});
const settings = {
  temperature: 1,
  top_p: 1,
  max_prompt_tokens: 1_000,
  max_completion_tokens: 1_000,
  truncation_strategy: { type: 'auto', last_messages: null },
  response_format: 'auto',
  tool_choice: 'auto',
};
const runV1 = (id: string, more: object = {}) =>
  run(id, { incomplete_details: null, file_ids: ['file-oven', 'file-rye'], ...settings, ...more });
const runV2 = (id: string, more: object = {}) =>
  run(id, { incomplete_details: null, ...settings, parallel_tool_calls: true, ...more });
const interpreted = { tool_resources: { code_interpreter: { file_ids: ['file-oven'] } } };
/** Fields of a queued run. It has `completed_at` although it has not started, as in the published example. */
const queued = { status: 'queued', usage: null };
const waiting = { ...queued, completed_at: null, expires_at: TIME + 600 };
/** Function that the runs which wait for tool outputs have called. */
export const referenceTool = {
  type: 'function',
  function: {
    name: 'get_oven',
    description: 'Returns the heat of an oven',
    parameters: {
      type: 'object',
      properties: {
        oven: { type: 'string', description: 'Name of the oven' },
        unit: { type: 'string', enum: ['celsius', 'kelvin'] },
      },
      required: ['oven'],
    },
  },
};

const step = {
  id: 'step_knead',
  object: 'thread.run.step',
  created_at: TIME,
  run_id: 'run_bake',
  ...ids,
  type: 'message_creation',
  status: 'completed',
  cancelled_at: null,
  completed_at: TIME,
  expired_at: null,
  failed_at: null,
  last_error: null,
  step_details: { type: 'message_creation', message_creation: { message_id: 'msg_loaf' } },
  usage,
};

const file = (id: string, object: string, more: object) => ({
  id,
  object,
  created_at: TIME,
  ...more,
});
const assistantFile = (id: string) =>
  file(id, 'assistant.file', { assistant_id: ids.assistant_id });
const messageFile = (id: string, more: object = {}) =>
  file(id, 'thread.message.file', { message_id: 'msg_loaf', ...more });
const deleted = (id: string, object: string) => ({ id, object, deleted: true });

/** Pairs of an operation and its response. An operation with several examples is listed several times. */
const version1: [operation: string, body: object][] = [
  [
    'listAssistants',
    toList([assistantV1('asst_1'), assistantV1('asst_2'), assistantV1('asst_3', nameless)]),
  ],
  ['createAssistant', assistantV1('asst_1', interpreter)],
  ['createAssistant', assistantV1('asst_1', retrieval)],
  ['getAssistant', assistant('asst_1', retrieval)],
  ['getAssistant', assistantV1('asst_1', interpreter)],
  ['modifyAssistant', assistantV1('asst_1', retrieval)],
  ['deleteAssistant', deleted('asst_1', 'assistant.deleted')],
  ['createThread', thread()],
  ['getThread', thread()],
  ['modifyThread', thread({ metadata: bookmark })],
  ['deleteThread', deleted('thread_order', 'thread.deleted')],
  ['listMessages', toList([messageV1('msg_1'), messageV1('msg_2', { file_ids: ['file-rye'] })])],
  ['createMessage', messageV1('msg_1')],
  ['getMessage', messageV1('msg_1')],
  ['getMessage', messageV1('msg_1', answer)],
  ['modifyMessage', messageV1('msg_1', { metadata: bookmark })],
  [
    'createThreadAndRun',
    run('run_1', {
      ...waiting,
      started_at: null,
      instructions: 'Be brief.',
      tools: [],
      file_ids: [],
      temperature: 1,
    }),
  ],
  ['listRuns', toList([runV1('run_1'), runV1('run_2')])],
  ['createRun', runV1('run_1', queued)],
  ['getRun', runV1('run_1')],
  [
    'getRun',
    runV1('run_1', { tools: [{ type: 'retrieval' }, { type: 'code_interpreter' }], file_ids: [] }),
  ],
  ['modifyRun', runV1('run_1', { metadata: bookmark })],
  ['submitToolOutputsToRun', runV1('run_1', { ...waiting, tools: [referenceTool], file_ids: [] })],
  [
    'cancelRun',
    run('run_1', {
      ...waiting,
      status: 'cancelling',
      tools: [{ type: 'retrieval' }],
      file_ids: [],
      temperature: 1,
      top_p: 1,
    }),
  ],
  ['listRunSteps', toList([step], 'step_that_is_not_listed')],
  ['getRunStep', step],
  ['listAssistantFiles', toList([assistantFile('file-rye'), assistantFile('file-oven')])],
  ['createAssistantFile', assistantFile('file-rye')],
  ['getAssistantFile', assistantFile('file-rye')],
  ['deleteAssistantFile', deleted('file-rye', 'assistant.file.deleted')],
  ['listMessageFiles', toList([messageFile('file-rye'), messageFile('file-rye')])],
  ['getMessageFile', messageFile('file-rye')],
  ['getMessageFile', messageFile('file-rye', { file_id: 'file-rye' })],
  ['getFile', file('file-rye', 'file', { bytes: 610, filename: 'rye.pdf', purpose: 'assistants' })],
];

const searched = (vectorStoreIds: string[]) => ({
  tools: [{ type: 'file_search' }],
  tool_resources: { file_search: { vector_store_ids: vectorStoreIds } },
});
const empty = { tool_resources: {} };

const version2: [operation: string, body: object][] = [
  [
    'listAssistants',
    toList([
      assistantV2('asst_1', empty),
      assistantV2('asst_2', empty),
      assistantV2('asst_3', { ...empty, ...nameless }),
    ]),
  ],
  ['createAssistant', assistantV2('asst_1', interpreter)],
  ['createAssistant', assistantV2('asst_1', searched(['vs_bread']))],
  ['getAssistant', assistantV2('asst_1', { tools: [{ type: 'file_search' }] })],
  ['modifyAssistant', assistantV2('asst_1', searched([]))],
  ['deleteAssistant', deleted('asst_1', 'assistant.deleted')],
  ['createThread', thread(empty)],
  ['getThread', thread({ tool_resources: { code_interpreter: { file_ids: [] } } })],
  ['modifyThread', thread({ metadata: bookmark, ...empty })],
  ['deleteThread', deleted('thread_order', 'thread.deleted')],
  ['listMessages', toList([messageV2('msg_1'), messageV2('msg_2')])],
  ['createMessage', messageV2('msg_1')],
  ['getMessage', messageV2('msg_1')],
  ['getMessage', messageV2('msg_1', answer)],
  ['modifyMessage', messageV1('msg_1', { metadata: bookmark })],
  ['deleteMessage', deleted('msg_1', 'thread.message.deleted')],
  [
    'createThreadAndRun',
    runV2('run_1', {
      ...waiting,
      ...empty,
      started_at: null,
      required_action: null,
      instructions: 'Be brief.',
      tools: [],
      max_prompt_tokens: null,
      max_completion_tokens: null,
    }),
  ],
  ['listRuns', toList([runV2('run_1', interpreted), runV2('run_2', interpreted)])],
  ['createRun', runV2('run_1', queued)],
  ['getRun', runV2('run_1')],
  ['getRun', runV2('run_1', { tools: [{ type: 'file_search' }, { type: 'code_interpreter' }] })],
  ['modifyRun', runV2('run_1', { ...interpreted, metadata: bookmark })],
  [
    'cancelRun',
    run('run_1', {
      ...waiting,
      ...searched(['vs_bread']),
      ...sampling,
      status: 'cancelling',
      instructions: 'Be brief.',
      tool_choice: 'auto',
      parallel_tool_calls: true,
    }),
  ],
  [
    'submitToolOutputsToRun',
    run('run_1', { ...waiting, ...settings, tools: [referenceTool], parallel_tool_calls: true }),
  ],
  ['listRunSteps', toList([step], 'step_that_is_not_listed')],
  ['getRunStep', step],
  [
    'getFile',
    file('file-rye', 'file', {
      bytes: 610,
      expires_at: TIME + 600,
      filename: 'rye.pdf',
      purpose: 'assistants',
    }),
  ],
];

export const referenceObjects: readonly ReferenceObject[] = [
  ...version1.map(([operation, body]) => ({ version: 'v1' as const, operation, body })),
  ...version2.map(([operation, body]) => ({ version: 'v2' as const, operation, body })),
];

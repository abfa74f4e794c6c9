import { referenceTool, TIME } from './referenceObjects.js';

/** Stream with the frames and fields of an example in the published descriptions of the API. */
export interface ReferenceStream {
  version: 'v1' | 'v2';
  name: string;
  frames: readonly string[];
  /** Status of the run at the end. */
  status: 'completed' | 'requires_action';
  /** Text of the answer, if there is one. */
  text: string;
}

const ids = { assistant_id: 'asst_bakery', thread_id: 'thread_order' };
const frame = (event: string, data: object) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
const DONE = 'event: done\ndata: [DONE]\n\n';
/** The examples leave out deltas with a line like this. It is not a field of an event stream, so readers ignore it. */
const OMITTED = '...\n\n';
const usage = { prompt_tokens: 21, completion_tokens: 34, total_tokens: 55 };
const ARGUMENTS = '{"oven":"big","unit":"celsius"}';

type Version = ReferenceStream['version'];

const thread = frame('thread.created', {
  id: ids.thread_id,
  object: 'thread',
  created_at: TIME,
  metadata: {},
});

const settings = {
  temperature: 1,
  top_p: 1,
  max_completion_tokens: null,
  max_prompt_tokens: null,
  truncation_strategy: { type: 'auto', last_messages: null },
  incomplete_details: null,
  response_format: 'auto',
  tool_choice: 'auto',
  parallel_tool_calls: true,
};

function runFrame(version: Version, status: string, more: object = {}): string {
  const isCreated = status === 'created';
  return frame(`thread.run.${status}`, {
    id: 'run_bake',
    object: 'thread.run',
    created_at: TIME,
    ...ids,
    status: isCreated ? 'queued' : status,
    started_at: status === 'in_progress' ? TIME : null,
    expires_at: status === 'completed' ? null : TIME + 600,
    cancelled_at: null,
    failed_at: null,
    completed_at: status === 'completed' ? TIME + 1 : null,
    required_action: null,
    last_error: null,
    model: 'scripted',
    instructions: null,
    tools: [],
    metadata: {},
    usage: null,
    ...(version === 'v1' ? { file_ids: [] } : settings),
    ...more,
  });
}

function stepFrame(change: string, type: string, details: object): string {
  const isCompleted = change === 'completed';
  return frame(`thread.run.step.${change}`, {
    id: `step_${type}`,
    object: 'thread.run.step',
    created_at: TIME,
    run_id: 'run_bake',
    ...ids,
    type,
    status: isCompleted ? 'completed' : 'in_progress',
    cancelled_at: null,
    completed_at: isCompleted ? TIME + 1 : null,
    expires_at: TIME + 600,
    failed_at: null,
    last_error: null,
    step_details: { type, [type]: details },
    usage: isCompleted ? usage : null,
  });
}

function messageFrame(version: Version, change: string, text: string): string {
  const isCompleted = change === 'completed';
  const content = [{ type: 'text', text: { value: text, annotations: [] } }];
  return frame(`thread.message.${change}`, {
    id: 'msg_loaf',
    object: 'thread.message',
    created_at: TIME,
    ...ids,
    run_id: 'run_bake',
    status: isCompleted ? 'completed' : 'in_progress',
    incomplete_details: null,
    incomplete_at: null,
    completed_at: isCompleted ? TIME + 1 : null,
    role: 'assistant',
    content: isCompleted ? content : [],
    ...(version === 'v1' ? { file_ids: [] } : {}),
    metadata: {},
  });
}

const textDelta = (value: string, more: object = {}) =>
  frame('thread.message.delta', {
    id: 'msg_loaf',
    object: 'thread.message.delta',
    delta: { content: [{ index: 0, type: 'text', text: { value, ...more } }] },
  });

const callDelta = (call: object) =>
  frame('thread.run.step.delta', {
    id: 'step_tool_calls',
    object: 'thread.run.step.delta',
    delta: {
      step_details: { type: 'tool_calls', tool_calls: [{ index: 0, type: 'function', ...call }] },
    },
  });

/** Frames of an answer, of which the examples show the first and the last words. */
function answerFrames(version: Version, text: string, runMore: object = {}): string[] {
  const created = { message_id: 'msg_loaf' };
  const words = text.match(/\S+\s*/g) ?? [];
  return [
    stepFrame('created', 'message_creation', created),
    stepFrame('in_progress', 'message_creation', created),
    messageFrame(version, 'created', ''),
    messageFrame(version, 'in_progress', ''),
    textDelta(words[0] ?? '', { annotations: [] }),
    OMITTED,
    ...words.slice(-2).map((word) => textDelta(word)),
    messageFrame(version, 'completed', text),
    stepFrame('completed', 'message_creation', created),
    runFrame(version, 'completed', { started_at: TIME, usage, ...runMore }),
    DONE,
  ];
}

const startFrames = (version: Version, more: object = {}) =>
  ['created', 'queued', 'in_progress'].map((status) => runFrame(version, status, more));

const tools = { tools: [referenceTool] };
const call = { id: 'call_oven', type: 'function' };

function callFrames(version: Version): string[] {
  const pending = { ...call, function: { name: 'get_oven', arguments: ARGUMENTS } };
  return [
    thread,
    ...startFrames(version, tools),
    stepFrame('created', 'tool_calls', []),
    stepFrame('in_progress', 'tool_calls', []),
    callDelta({ id: call.id, function: { name: 'get_oven', arguments: '', output: null } }),
    callDelta({ function: { arguments: '{"' } }),
    callDelta({ function: { arguments: 'oven' } }),
    OMITTED,
    callDelta({ function: { arguments: 'elsius' } }),
    callDelta({ function: { arguments: '"}' } }),
    runFrame(version, 'requires_action', {
      ...tools,
      started_at: TIME,
      required_action: {
        type: 'submit_tool_outputs',
        submit_tool_outputs: { tool_calls: [pending] },
      },
      ...(version === 'v1' ? {} : { usage }),
    }),
    DONE,
  ];
}

function outputFrames(version: Version, text: string): string[] {
  const answered = { name: 'get_oven', arguments: ARGUMENTS, output: '240 degrees' };
  return [
    stepFrame('completed', 'tool_calls', [{ ...call, function: answered }]),
    runFrame(version, 'queued', { ...tools, started_at: TIME }),
    runFrame(version, 'in_progress', { ...tools, started_at: TIME + 1 }),
    ...answerFrames(version, text, tools),
  ];
}

const GREETING = 'Good morning! Which bread would you like to bake today?';
const HEAT = 'The big oven has 240 degrees, which is right for rye.';

export const referenceStreams: readonly ReferenceStream[] = (['v1', 'v2'] as const).flatMap(
  (version): ReferenceStream[] => [
    {
      version,
      name: 'a new thread and its run',
      frames: [thread, ...startFrames(version), ...answerFrames(version, GREETING)],
      status: 'completed',
      text: GREETING,
    },
    {
      version,
      name: 'a new thread and its run, which calls a function',
      frames: callFrames(version),
      status: 'requires_action',
      text: '',
    },
    {
      version,
      name: 'a run',
      frames: [...startFrames(version), ...answerFrames(version, GREETING)],
      status: 'completed',
      text: GREETING,
    },
    {
      version,
      name: 'a run after the output of its call',
      frames: outputFrames(version, HEAT),
      status: 'completed',
      text: HEAT,
    },
  ],
);
